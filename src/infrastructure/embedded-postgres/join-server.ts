import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { createCluster, superuser } from './create-cluster.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { withFileLock } from './file-lock.js';
import { freePort } from './free-port.js';
import { launchPostmaster } from './launch-postmaster.js';
import type { PostgresFolder } from './postgres-folder.js';
import { PostgresProgram } from './postgres-program.js';
import { findPostmaster, type Postmaster } from './postmaster.js';
import { Presence, PresenceRefused } from './presence.js';

export interface JoinOptions {
  readonly folder: PostgresFolder;
  readonly settings: Readonly<Record<string, string>>;
  /** Serve on this port or not at all: somebody was told its address. */
  readonly onlyPort?: number;
  readonly log: (line: string) => void;
  /** Gives up when aborted, though not between starting the server and joining it: who started it has to turn it off. */
  readonly signal?: AbortSignal;
}

export interface Membership {
  readonly presence: Presence;
  readonly postmaster: Postmaster;
}

/** Milliseconds after which a PostgreSQL that neither lets us in nor goes away is reported. */
const patience = 60_000;

/** Joins the users of the folder's PostgreSQL, after starting it if nobody has. */
export async function joinServer(options: JoinOptions): Promise<Membership> {
  const { folder } = options;
  const deadline = performance.now() + patience;
  for (;;) {
    const postmaster = await findPostmaster(folder);
    if (postmaster !== null) {
      const presence = await joinAt(folder, postmaster);
      if (presence !== null) return { presence, postmaster };
      options.signal?.throwIfAborted();
    } else {
      options.signal?.throwIfAborted();
      await withFileLock(folder.lock, () => launch(options));
    }
    if (performance.now() > deadline) throw new EmbeddedPostgresError(`${holder(folder, postmaster)} and takes no connections; see ${folder.log}`);
    await pause(20);
  }
}

export async function serverUrl(folder: PostgresFolder, port: number, database: string): Promise<string> {
  const password = await readFile(folder.password, 'utf8').catch((cause: Error) => {
    throw new EmbeddedPostgresError(`cannot read the password of the embedded PostgreSQL: ${cause.message}`, { cause });
  });
  return `postgresql://${superuser}:${password}@127.0.0.1:${port}/${database}`;
}

async function joinAt(folder: PostgresFolder, postmaster: Postmaster): Promise<Presence | null> {
  if (!postmaster.ready) return null;
  try {
    return await Presence.join(await serverUrl(folder, postmaster.port, 'postgres'));
  } catch (cause) {
    if (!(cause instanceof PresenceRefused)) throw cause;
    throw new EmbeddedPostgresError(`${holder(folder, postmaster)} and refuses the password in ${folder.password}: ${cause.message}`, { cause });
  }
}

async function launch({ folder, settings, onlyPort, log }: JoinOptions): Promise<void> {
  if ((await findPostmaster(folder)) !== null) return;
  const program = await PostgresProgram.find(folder);
  await createCluster(folder, program, settings.fsync !== 'off');
  const remembered = Number(await readFile(folder.port, 'utf8').catch(() => '0'));
  const port = onlyPort ?? (await freePort(remembered));
  const outcome = await launchPostmaster(folder, program, port, settings);
  if (outcome !== 'launched') return;
  await writeFile(folder.port, String(port));
  log(`embedded PostgreSQL started on 127.0.0.1:${port}, data in ${folder.home}`);
}

function holder({ home }: PostgresFolder, postmaster: Postmaster | null): string {
  return postmaster === null ? `another process holds ${home}` : `PostgreSQL process ${postmaster.pid} holds ${home}`;
}
