import { randomBytes } from 'node:crypto';
import { access, chmod, constants, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DataFolderError, makeDataFolder } from '../data-folder.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';

/** Where the embedded database keeps what it has to remember, all of it under the data directory. */
export class PostgresFolder {
  readonly dataDir: string;
  /** Made whole by the first start, then never replaced. */
  readonly home: string;
  /** PostgreSQL's own data folder (PGDATA). */
  readonly cluster: string;
  readonly password: string;
  /** The port of the last start, taken again where it is free, so that an address once told stays good. */
  readonly port: string;
  readonly log: string;
  readonly lock: string;
  readonly links: string;

  constructor(dataDir: string, home = 'postgres') {
    this.dataDir = resolve(dataDir);
    this.home = join(this.dataDir, home);
    this.cluster = join(this.home, 'cluster');
    this.password = join(this.home, 'password');
    this.port = join(this.home, 'port');
    this.log = join(this.home, 'postgres.log');
    this.lock = join(this.dataDir, 'postgres.lock');
    this.links = join(this.dataDir, 'postgres-lib');
  }

  /** A home beside the real one, to be filled and then put in its place. */
  draft(): PostgresFolder {
    return new PostgresFolder(this.dataDir, `postgres.${randomBytes(6).toString('hex')}`);
  }

  readonly isDraft = (name: string): boolean => /^postgres\.[0-9a-f]{12}$/.test(name);
}

/** Makes the data directory if need be. Root lets others pass through it (not list it), since PostgreSQL, which lives below, does not run as root. */
export async function prepareDataDir(dataDir: string): Promise<void> {
  try {
    await makeDataFolder(dataDir);
    const { uid, mode } = await stat(dataDir);
    if (process.getuid?.() === 0 && uid === 0) await chmod(dataDir, mode | 0o011);
    await access(dataDir, constants.W_OK);
  } catch (cause) {
    if (cause instanceof DataFolderError) throw cause;
    throw new EmbeddedPostgresError(`cannot keep a database in ${dataDir}: ${(cause as Error).message}`, { cause });
  }
}
