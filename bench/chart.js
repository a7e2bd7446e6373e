/** Draws the results of a run: `node bench/chart.js docs/benchmark.json` writes docs/benchmark.svg. A run with `--out` does so itself. */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const titles = {
  client_credentials: 'Client credentials: a token for a machine',
  refresh: 'Refresh, with rotation',
  code: 'Authorization code exchange, with PKCE',
  introspection: 'Introspection',
  me: 'A protected resource: /oauth/me, or the user info',
};
const [width, left, right, rowHeight, barHeight] = [760, 200, 170, 24, 15];
const plot = width - left - right;

/** Requests a second of each server as a share of limit-pg1's, scenario by scenario, for one number of connections: 32 where it was measured. */
export function chart({ results, date, machine }) {
  const counts = [...new Set(results.map(({ connections }) => connections))];
  const connections = counts.includes(32) ? 32 : counts[0];
  const rows = results.filter((row) => row.connections === connections && row.target !== 'hello' && titles[row.scenario] !== undefined);
  const panels = Object.keys(titles).filter((scenario) => rows.some((row) => row.scenario === scenario));
  const ratioOf = (row) => row.perSecond / rows.find(({ target, scenario }) => target === 'limit-pg1' && scenario === row.scenario)?.perSecond;
  const most = Math.max(1.2, ...rows.map((row) => ratioOf(row) || 0));
  const x = (ratio) => left + (ratio / most) * plot;
  const parts = [];
  let y = 108;
  for (const scenario of panels) {
    const servers = rows.filter((row) => row.scenario === scenario && row.target !== 'limit-pg1').sort(byPace);
    parts.push(text(left, y, titles[scenario], 'panel'));
    const top = y + 10;
    for (const [index, row] of servers.entries()) parts.push(bar(row, ratioOf(row), top + index * rowHeight, x));
    const bottom = top + servers.length * rowHeight;
    parts.push(`<line class="limit" x1="${x(1).toFixed(1)}" x2="${x(1).toFixed(1)}" y1="${top}" y2="${bottom}"/>`);
    y = bottom + 34;
  }
  const height = y - 8;
  const when = `${date.slice(0, 10)}, ${machine.cores} cores (${machine.cpu}), Node ${machine.node.slice(1)}, ${connections} connections`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="t d">
<title id="t">Requests per second of Keywright and other servers</title>
<desc id="d">Bars for each of ${panels.length} scenarios; the length is the share of what limit-pg1 does, the figures stand beside. The table in benchmark.json has them all.</desc>
<style>
text { font: 13px system-ui, sans-serif; fill: #1d2733 } .head { font-weight: 600; font-size: 17px } .panel { font-weight: 600 } .quiet { fill: #55606d }
.paper { fill: #ffffff } .bar { fill: #8b97a5 } .ours { fill: #0b6e75 } .limit { stroke: #b3541e; stroke-width: 1.5; stroke-dasharray: 4 3 } .limit-text { fill: #9a4314 }
@media (prefers-color-scheme: dark) {
text { fill: #e8edf2 } .quiet { fill: #a9b4c0 } .paper { fill: #14191f } .bar { fill: #66727f } .ours { fill: #35b5bd } .limit { stroke: #e08a4f } .limit-text { fill: #eda06c }
}
</style>
<rect class="paper" width="${width}" height="${height}" rx="6"/>
${text(20, 32, 'Requests per second', 'head')}
${text(20, 53, machine.loadBefore > machine.cores / 2 ? `${when}, busy with other work` : when, 'quiet')}
<line class="limit" x1="20" x2="44" y1="69" y2="69"/>
${text(52, 74, 'limit-pg1: one statement for each request and nothing checked; the figure at the end is the share of it', 'limit-text')}
${parts.join('\n')}
</svg>
`;
}

/** The fastest first, those that do not offer it last. */
function byPace(one, other) {
  return (other.perSecond ?? -1) - (one.perSecond ?? -1);
}

function bar({ target, perSecond, missing }, ratio, y, x) {
  const base = y + rowHeight / 2 + 4.5;
  const name = text(left - 10, base, target, '', 'end');
  if (missing !== undefined) return `${name}\n${text(left + 6, base, 'not offered', 'quiet')}`;
  const length = Math.max(1.5, x(ratio) - left);
  const [kind, tone] = target.startsWith('keywright') ? ['bar ours', ''] : ['bar', 'quiet'];
  return [
    name,
    `<rect class="${kind}" x="${left}" y="${y + (rowHeight - barHeight) / 2}" width="${length.toFixed(1)}" height="${barHeight}" rx="2"/>`,
    text(width - 80, base, `${Math.round(perSecond).toLocaleString('en')} /s`, tone, 'end'),
    text(width - 24, base, ratio.toFixed(2), tone, 'end'),
  ].join('\n');
}

function text(x, y, words, className, anchor = 'start') {
  const escaped = String(words).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text x="${x}" y="${y}" class="${className}" text-anchor="${anchor}">${escaped}</text>`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [file] = process.argv.slice(2);
  await writeFile(file.replace(/\.json$/, '.svg'), chart(JSON.parse(await readFile(file, 'utf8'))));
}
