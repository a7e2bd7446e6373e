import { Client } from 'pg';
import { sqlStateOf, sqlStates } from '../prisma/sql-states.js';

/** Shared by everybody who uses the server, exclusive for the one who turns it off. The bytes of "keyw". */
const usersLock = 0x6b657977;

/** Starting up, recovering or shutting down. */
const notNow = sqlStates.cannotConnectNow;
const refused: readonly string[] = [sqlStates.invalidPassword, sqlStates.invalidAuthorizationSpecification];
const thereAlready: readonly string[] = [sqlStates.duplicateDatabase, sqlStates.uniqueViolation];

/** Who must be let in was refused: the server does not know our password. */
export class PresenceRefused extends Error {}

/**
 * One connection that stands for this process among the users of a PostgreSQL server, for as long as the process lives: the server itself notices when it
 * ends, however it ends. Its loss is the first sign that the server went away.
 */
export class Presence {
  /** Resolves when the connection is gone. */
  readonly lost: Promise<void>;

  private constructor(private readonly client: Client) {
    this.lost = new Promise((resolve) => client.once('end', () => resolve()));
  }

  /** `null`: not now (the server is not up yet, or goes down); try again. Throws `PresenceRefused`. */
  static async join(url: string): Promise<Presence | null> {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000, application_name: 'keywright presence' });
    const presence = new Presence(client);
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query('SELECT pg_try_advisory_lock_shared($1) AS joined', [usersLock]);
      if (rows[0]?.joined === true) return presence;
    } catch (error) {
      const code = sqlStateOf(error);
      if (refused.includes(code)) throw new PresenceRefused((error as Error).message);
      if (code !== notNow && !isConnectionError(error)) throw error;
    }
    await client.end().catch(() => undefined);
    return null;
  }

  async createDatabaseIfMissing(name: string): Promise<void> {
    const { rowCount } = await this.client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount !== 0) return;
    await this.client.query(`CREATE DATABASE ${this.client.escapeIdentifier(name)}`).catch((error: unknown) => {
      if (!thereAlready.includes(sqlStateOf(error))) throw error;
    });
  }

  /** `true`: this was the last user, and nobody can join any more; the caller turns the server off. */
  async leave(): Promise<boolean> {
    try {
      await this.client.query('SELECT pg_advisory_unlock_shared($1)', [usersLock]);
      const { rows } = await this.client.query('SELECT pg_try_advisory_lock($1) AS last', [usersLock]);
      return rows[0]?.last === true;
    } catch {
      return false;
    }
  }

  async close(): Promise<void> {
    await this.client.end().catch(() => undefined);
  }
}

function isConnectionError(error: unknown): boolean {
  const { code = '', message } = error as { code?: string; message: string };
  return /^(ECONN|EPIPE|ETIMEDOUT|57P0)/.test(code) || /terminated|timeout|closed/i.test(message);
}
