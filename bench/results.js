import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { cpus, loadavg, totalmem } from 'node:os';
import { chart } from './chart.js';

/** How many processes wanted to run in the minute before, on average: above half the number of cores somebody else was at work. */
const [loadBefore] = loadavg();

/** The figures of a run, with when and on what they were taken; beside them a chart, where the yardstick that it is drawn by was measured. */
export async function writeResults({ out, seconds, warmUp, rounds }, rows) {
  const machine = {
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    platform: process.platform,
    loadBefore,
  };
  const command = ['npm run bench', ...(process.argv.length > 2 ? ['--', ...process.argv.slice(2)] : [])].join(' ');
  const results = { date: new Date().toISOString(), commit: commit(), command, machine, seconds, warmUp, rounds, results: rows.map(rounded) };
  await writeFile(out, `${JSON.stringify(results, null, 2)}\n`);
  if (rows.some(({ target }) => target === 'limit-pg1')) await writeFile(out.replace(/(\.json)?$/, '.svg'), chart(results));
}

/** `null` outside a checkout. */
function commit() {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: import.meta.dirname, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return null;
  }
}

/** Four digits say all that there is to say. */
function rounded(row) {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, typeof value === 'number' ? Number(value.toPrecision(4)) : value]));
}
