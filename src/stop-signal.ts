/** Milliseconds in which a second signal is taken for the first: a terminal and npm both send it. */
const sameSignal = 1000;

/** Milliseconds after which a server that was told to stop is ended whatever it waits for: more than the parts of a stop take (`Listening.drain`, the audit file), and less than what supervisors are told to grant (docs/sizing.md). */
const patience = 25_000;

/** Resolves at the first SIGINT or SIGTERM. One that comes later, from somebody who will not wait, ends the process at once. */
export function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let firstAt: number | undefined;
    const told = () => {
      if (firstAt === undefined) setTimeout(() => process.exit(1), patience).unref();
      firstAt ??= performance.now();
      if (performance.now() - firstAt > sameSignal) process.exit(1);
      resolve();
    };
    process.on('SIGINT', told).on('SIGTERM', told);
  });
}
