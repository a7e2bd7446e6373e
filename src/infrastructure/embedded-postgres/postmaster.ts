import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import type { PostgresFolder } from './postgres-folder.js';

/** The process that serves a cluster, as `postmaster.pid` tells. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

/**
 * Who serves the folder's cluster; `null` when nobody does. `postmaster.pid` outlives a killed PostgreSQL, and its number may belong to another
 * program by now (in a container it nearly always does), so the process is asked what it is.
 */
export async function findPostmaster(folder: PostgresFolder): Promise<Postmaster | null> {
  const lines = await pidFile(folder);
  if (lines === null) return null;
  const [pid = '', , , port = '', , , , status = ''] = lines;
  if (!(await servesCluster(Number(pid), folder.cluster))) return null;
  return { pid: Number(pid), port: Number(port), ready: status.trim() === 'ready' };
}

/** The number in `postmaster.pid` when it is not, or no longer, that of a PostgreSQL on this cluster; `null` otherwise. */
export async function stalePid(folder: PostgresFolder): Promise<number | null> {
  const pid = Number((await pidFile(folder))?.[0] ?? 0);
  return pid > 0 && !(await servesCluster(pid, folder.cluster)) ? pid : null;
}

async function pidFile({ cluster }: PostgresFolder): Promise<string[] | null> {
  const content = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  return content === '' ? null : content.split('\n');
}

async function servesCluster(pid: number, cluster: string): Promise<boolean> {
  const { program, folder } = await commandOf(pid);
  if (basename(program) !== 'postgres') return false;
  const [one, other] = await Promise.all([stat(folder).catch(() => null), stat(cluster)]);
  return one !== null && one.dev === other.dev && one.ino === other.ino;
}

/** The program a process runs and what follows its `-D`; both empty when the process is gone, or a zombie that nobody buries. */
async function commandOf(pid: number): Promise<{ readonly program: string; readonly folder: string }> {
  if (process.platform === 'linux') {
    const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0');
    return { program: words[0] ?? '', folder: words[words.indexOf('-D') + 1] ?? '' };
  }
  const listing = await promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  const [, program = '', folder = ''] = /^(.*?postgres) -D (.*?) -c /.exec(listing.stdout) ?? [];
  return { program, folder };
}
