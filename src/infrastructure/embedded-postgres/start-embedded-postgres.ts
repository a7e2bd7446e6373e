import { setTimeout as pause } from 'node:timers/promises';
import type { IfNotMade } from '../../application/operations/if-not-made.js';
import { notMadeYet } from '../not-made-yet.js';
import { hasCluster } from './create-cluster.js';
import { type JoinOptions, joinServer, type Membership, serverUrl } from './join-server.js';
import { PostgresFolder, prepareDataDir } from './postgres-folder.js';
import { findPostmaster } from './postmaster.js';

/** The database of this product in the embedded server. */
const database = 'keywright';

export interface EmbeddedPostgresOptions {
  readonly dataDir: string;
  readonly log: (line: string) => void;
  /** Where there is no database in the folder yet: one is made, unless it is to be refused, and then the folder is left as it is. */
  readonly ifNotMade?: IfNotMade | undefined;
  /** Server settings by name, over the defaults. They take effect where this call is the one that starts the server. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedPostgres {
  /** Good for as long as this process uses the server, also after the server had to be started again. */
  readonly url: string;
  /** Leaves; the last to leave turns the server off. Close your own connections first. */
  stop(): Promise<void>;
}

/**
 * A real PostgreSQL with its data under `dataDir`, shared by every process of this machine that asks for the same folder: the first starts it, the others
 * find it, the last one stops it. If the server dies meanwhile, whoever notices first starts it again on the same port. Throws `NotMadeYet`,
 * `DataFolderError` and `EmbeddedPostgresError`.
 */
export async function startEmbeddedPostgres({ dataDir, log, ifNotMade = 'make', settings = {} }: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const folder = new PostgresFolder(dataDir);
  if (!(await hasCluster(folder))) {
    if (ifNotMade === 'refuse') throw await notMadeYet('database', folder.dataDir);
    log(`there is no database in ${folder.dataDir} yet: making a new one`);
  }
  await prepareDataDir(folder.dataDir);
  const options = { folder, settings, log };
  const membership = await joinServer(options);
  await membership.presence.createDatabaseIfMissing(database);
  const stay = new Stay(options, membership);
  return { url: await serverUrl(folder, membership.postmaster.port, database), stop: () => stay.end() };
}

/** Milliseconds in which a server that was told to stop has written everything. */
const shutdownPatience = 30_000;

class Stay {
  private readonly leaving = new AbortController();
  private readonly watch: Promise<void>;
  private rejoining: Promise<void> | null = null;
  private left: Promise<void> | null = null;

  constructor(
    private readonly options: JoinOptions,
    private membership: Membership,
  ) {
    this.watch = this.rejoinWhenLost();
  }

  end(): Promise<void> {
    this.left ??= this.leave();
    return this.left;
  }

  private async rejoinWhenLost(): Promise<void> {
    for (;;) {
      await this.membership.presence.lost;
      if (this.leaving.signal.aborted) return;
      this.options.log('the embedded PostgreSQL closed its connections; joining it again, and starting it where it is gone');
      this.rejoining = this.rejoin();
      await this.rejoining;
    }
  }

  private async rejoin(): Promise<void> {
    const { signal } = this.leaving;
    const onlyPort = this.membership.postmaster.port;
    while (!signal.aborted) {
      try {
        this.membership = await joinServer({ ...this.options, onlyPort, signal });
        return;
      } catch (error) {
        if (!signal.aborted) this.options.log((error as Error).message);
        await pause(1000, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  private async leave(): Promise<void> {
    this.leaving.abort();
    await this.rejoining;
    const { presence, postmaster } = this.membership;
    if (await presence.leave()) await this.turnOff(postmaster.pid);
    await presence.close();
    await this.watch;
  }

  /** "Fast" shutdown: open transactions are rolled back, connections closed, everything written. */
  private async turnOff(pid: number): Promise<void> {
    process.kill(pid, 'SIGINT');
    const deadline = performance.now() + shutdownPatience;
    while ((await findPostmaster(this.options.folder))?.pid === pid) {
      if (performance.now() > deadline) return this.options.log(`PostgreSQL process ${pid} is still stopping`);
      await pause(10);
    }
  }
}
