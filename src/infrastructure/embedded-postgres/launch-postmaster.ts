import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { type FileHandle, open, readFile, realpath, rename, stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import type { PostgresFolder } from './postgres-folder.js';
import type { PostgresProgram } from './postgres-program.js';
import { findPostmaster, stalePid } from './postmaster.js';

/**
 * - `launched`: it serves.
 * - `port_taken`: another program listens there.
 * - `busy`: processes of an earlier PostgreSQL have not let go of the cluster yet.
 */
export type LaunchOutcome = 'launched' | 'port_taken' | 'busy';

/** For a modest footprint; checkpoints every few minutes are no news for the log. */
const defaults = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '64MB',
  io_method: 'sync',
  max_wal_size: '256MB',
  jit: 'off',
  log_checkpoints: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

/** Starts PostgreSQL on the folder's cluster and waits until it takes connections, however long it needs to recover from a crash. */
export async function launchPostmaster(
  folder: PostgresFolder,
  program: Pick<PostgresProgram, 'spawn' | 'failure'>,
  port: number,
  settings: Readonly<Record<string, string>>,
): Promise<LaunchOutcome> {
  const all = { ...defaults, ...settings, port: String(port) };
  const args = ['-D', await wholeCluster(folder), ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const log = await openLog(folder);
  const { size } = await log.stat();
  // PostgreSQL does not start while the process that postmaster.pid names is alive, be it another program that got the number since. Telling it that this is its
  // grandparent makes it forgive the number and keeps its second interlock, on shared memory (miscinit.c, CreateLockFile); deleting the file would lose both.
  const stale = await stalePid(folder);
  const child = program.spawn('postgres', args, ['ignore', log.fd, log.fd], stale === null ? {} : { PG_GRANDPARENT_PID: String(stale) });
  // Listened to before anything is waited for: one that refuses at once may have ended by then.
  const ended = once(child, 'exit').then(
    ([code, signal]) => `ended with ${signal ?? code}`,
    (error: Error) => error.message,
  );
  await log.close();
  const failure = await Promise.race([ended, untilReady(folder, child)]);
  child.unref();
  if (failure === null) return 'launched';
  const complaint = (await readFile(folder.log)).subarray(size).toString();
  if (/could not bind|Address already in use/.test(complaint)) return 'port_taken';
  if (/pre-existing shared memory block|lock file ".*" already exists/.test(complaint)) return 'busy';
  throw program.failure('postgres', `${lastWords(complaint) ?? failure}; see ${folder.log}`);
}

/** A home is put in its place when there is a cluster in it: one without has been emptied since, and what was in it is not made anew. */
async function wholeCluster({ home, cluster }: PostgresFolder): Promise<string> {
  return realpath(cluster).catch((cause: Error) => {
    throw new EmbeddedPostgresError(`${home} is no whole database (${cause.message}): put back what was there, or remove it to begin anew`, { cause });
  });
}

/** PostgreSQL's own words go to a file, and at most twenty megabytes of them are kept. */
async function openLog({ log }: PostgresFolder): Promise<FileHandle> {
  const { size } = await stat(log).catch(() => ({ size: 0 }));
  if (size > 10_000_000) await rename(log, `${log}.old`);
  return open(log, 'a', 0o600);
}

function lastWords(complaint: string): string | null {
  const [, reason, detail] = /FATAL: {2}(.*)(?:\n.*DETAIL: {2}(.*))?/.exec(complaint) ?? [];
  return reason === undefined ? null : [reason, detail].filter((part) => part !== undefined).join(': ');
}

async function untilReady(folder: PostgresFolder, child: ChildProcess): Promise<null> {
  while (child.exitCode === null && child.signalCode === null) {
    const postmaster = await findPostmaster(folder);
    if (postmaster?.pid === child.pid && postmaster?.ready) return null;
    await pause(10);
  }
  return new Promise(() => undefined);
}
