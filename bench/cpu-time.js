import { readdir, readFile } from 'node:fs/promises';

/** Of Linux, for what `/proc` counts in. */
const ticksPerSecond = 100;

/** Microseconds of processor that a process has used up to now, with all its threads. */
export async function cpuTime(pid) {
  const { own } = await stat(pid);
  return microseconds(own);
}

/** The same for a process, those it started, and those of them that have ended. */
export async function cpuTimeOfFamily(pid) {
  const parent = await stat(pid);
  const others = await Promise.all((await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map((name) => stat(name).catch(() => null)));
  const children = others.filter((other) => other?.parent === pid);
  return microseconds(children.reduce((total, child) => total + child.own, parent.own + parent.ended));
}

async function stat(pid) {
  const text = await readFile(`/proc/${pid}/stat`, 'latin1');
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  return { parent: fields[1], own: fields[11] + fields[12], ended: fields[13] + fields[14] };
}

function microseconds(ticks) {
  return (ticks / ticksPerSecond) * 1e6;
}
