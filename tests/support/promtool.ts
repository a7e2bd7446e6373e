import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** Whether Prometheus' own tool is here (Debian's package `prometheus`). */
export const hasPromtool = spawnSync('promtool', ['--version']).status === 0;

/** What `promtool check metrics` has to say of an exposition: nothing, when it reads it and finds that names and units are as they should be. */
export async function complaintsOfPromtool(exposition: string): Promise<string> {
  const child = spawn('promtool', ['check', 'metrics'], { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.end(exposition);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close') as Promise<[number | null]>]);
  return code === 0 ? '' : stdout + stderr || `ended with ${code}`;
}
