const header = ['server', 'requests/s', '× limit-pg1', '× best peer', 'CPU node µs', 'CPU pg µs', 'CPU × limit', 'p50 ms', 'p99 ms'];
const widths = [30, 10, 11, 11, 11, 10, 11, 8, 8];

/** The head of the one table that a run prints; a block for each scenario and number of connections follows. Processor time is for each request. */
export const tableHead = line(header);

/** The servers of one scenario, the fastest first; below them those that do not offer it. Ratios are within the run. */
export function block(title, rows) {
  const limit = rows.find(({ target }) => target === 'limit-pg1');
  const measured = rows.filter(({ missing }) => missing === undefined);
  const bestPeer = Math.max(...measured.filter(({ peer }) => peer).map(({ perSecond }) => perSecond));
  const lines = measured
    .sort((one, other) => other.perSecond - one.perSecond)
    .map((row) => [
      row.target,
      row.perSecond.toFixed(0),
      limit ? (row.perSecond / limit.perSecond).toFixed(2) : '',
      Number.isFinite(bestPeer) ? (row.perSecond / bestPeer).toFixed(2) : '',
      row.node.toFixed(0),
      row.database.toFixed(0),
      limit ? ((row.node + row.database) / (limit.node + limit.database)).toFixed(2) : '',
      row.p50.toFixed(2),
      row.p99.toFixed(2),
    ]);
  const absent = rows.filter(({ missing }) => missing !== undefined).map(({ target }) => [target, ...header.slice(1).map(() => '–')]);
  return ['', title, ...[...lines, ...absent].map(line)].join('\n');
}

/** Why there is a dash. */
export function notes(rows) {
  const reasons = rows.filter(({ missing }) => missing !== undefined).map(({ target, scenario, missing }) => `– ${target}, ${scenario}: ${missing}`);
  return [...new Set(reasons)].join('\n');
}

function line(cells) {
  return cells
    .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
    .join('  ')
    .trimEnd();
}
