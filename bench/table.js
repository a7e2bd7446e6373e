/** Rows of one scenario as lines of text. Ratios are within the run. */
export function table(title, rows) {
  const limit = rows.find(({ target }) => target === 'limit-pg1');
  const bestPeer = Math.max(...rows.filter(({ peer }) => peer).map(({ perSecond }) => perSecond));
  const header = ['server', 'requests/s', '× limit-pg1', '× best peer', 'CPU node µs', 'CPU pg µs', 'CPU × limit', 'p50 ms', 'p99 ms'];
  const lines = [...rows]
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
  const widths = header.map((name, column) => Math.max(name.length, ...lines.map((line) => line[column].length)));
  const format = (line) => line.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  ');
  return ['', title, format(header), ...lines.map(format)].join('\n');
}
