import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';

/** The figures of a run, with when and on what they were taken. */
export async function writeResults({ out, seconds, warmUp, rounds }, rows) {
  const machine = {
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    platform: process.platform,
  };
  const results = { date: new Date().toISOString(), commit: commit(), command: `npm run bench -- ${process.argv.slice(2).join(' ')}`, machine };
  await writeFile(out, `${JSON.stringify({ ...results, seconds, warmUp, rounds, results: rows.map(rounded) }, null, 2)}\n`);
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
