/** With fewer the program cannot even be read. */
const fewest = 256;

/** What to tell when something failed because this process may open no more files; `null` when it failed for another reason. */
export function tooFewFiles(error: unknown): string | null {
  const limit = limitOfFiles();
  // Below it Node.js calls a file missing too that it may not open.
  const isTooLow = limit !== null && limit < fewest;
  if (!isTooLow && !(error instanceof Error && 'code' in error && error.code === 'EMFILE')) return null;
  return `too few files may be opened${limit === null ? '' : ` (the limit is ${limit})`}: raise it (ulimit -n, LimitNOFILE= of systemd) to ${fewest} and one more for each connection`;
}

/** `null`: there is none, or it is not known. */
function limitOfFiles(): number | null {
  if (!process.report) return null;
  // Looking up the names of those it is connected to takes long.
  const report: { userLimits?: { open_files?: { soft?: unknown } } } = Object.assign(process.report, { excludeNetwork: true }).getReport();
  const limit = report.userLimits?.open_files?.soft;
  return typeof limit === 'number' ? limit : null;
}
