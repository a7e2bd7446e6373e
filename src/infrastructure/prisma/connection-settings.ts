import pg from 'pg';
import { inSchema, withOptions } from './database-address.js';
import { pooledClient } from './pooled-client.js';
import { sqlName } from './sql-name.js';

/** Where the database is and how to talk to it. */
export interface ConnectionChoice {
  readonly databaseUrl: string;
  /** The same database without a pooler in between, where there is one: to hear notices on. */
  readonly databaseDirectUrl?: string | null;
  /** Where the tables were found: the sessions stay in it. Left out: each goes where the search path of the role leads when it begins. */
  readonly schema?: string | undefined;
  /** The most connections held open at once; 10 when left out. */
  readonly poolSize?: number;
  /** `databaseUrl` leads through a pooler that lends connections by the transaction, and keeps nothing that was prepared or set on one. */
  readonly pooled?: boolean;
  /** `redis`: codes and tokens are kept there. */
  readonly beside?: 'redis';
  /** This is the store that is left, of a server that knows of its move. */
  readonly leaving?: true;
}

/** What the connections of a server are called that knows of no move of this store; nobody may switch while there are some. */
export const unawareName = 'keywright';

/** What ends the name of the connection on which a server listens for notices. */
export const noticesName = ' notices';

/** What a server is called by PostgreSQL. */
export function applicationName({ beside, leaving }: { readonly beside?: 'redis' | undefined; readonly leaving?: true | undefined }): string {
  return leaving ? `${unawareName} moving` : beside ? `${unawareName} beside ${beside}` : unawareName;
}

/** What PostgreSQL is asked for in time (milliseconds): the server gives up first, so that it lets go of its locks. */
const timeouts = { connection: 2000, statement: 2400, query: 2500 };

/** Milliseconds for a row that somebody holds, in a verb that many share a statement of, and behind a pooler in every one: the calls that travel with it must still be sent again in time. */
const lockPatience = 1000;
export const impatient = `-c lock_timeout=${lockPatience}`;

/**
 * What a session behind a pooler cannot be told goes before each statement, in one transaction with it; it answers no row. Without the first two PostgreSQL would still
 * rotate a token when a lock is let go of long after we gave up, and the grace window is over.
 */
function toldEachTime(schema: string | undefined): string {
  const settings = { statement_timeout: timeouts.statement, lock_timeout: lockPatience, ...(schema !== undefined && { search_path: sqlName(schema) }) };
  const set = Object.entries(settings).map(([name, value]) => `pg_catalog.set_config('${name}', ${pg.escapeLiteral(String(value))}, true)`);
  return `SELECT WHERE ${set.join(' || ')} IS NULL`;
}

/**
 * Said by every connection of a store that keeps codes and tokens in Redis. A database whose codes and tokens moved there refuses changes of anybody else: who
 * knows nothing of Redis would end a grant here and not there.
 */
export const besideRedis = '-c keywright.beside=redis';

/** Prisma writes moments without a zone and drops the zone of those it reads: both are only right in UTC. */
const inUtc = '-c TimeZone=UTC';

export interface ConnectionSettings extends pg.PoolConfig {
  readonly Client: typeof pg.Client;
  /** Milliseconds, as the next. */
  readonly connectionTimeoutMillis: number;
  readonly query_timeout: number;
}

/**
 * The settings of a pool. `more`: options of its sessions, as PostgreSQL's command line has them. A pooler in between refuses options and is told the time
 * zone alone: statements without a prepared plan need no rules for it, and the rest is said with each of them.
 */
export function connectionSettings({ databaseUrl, schema, poolSize = 10, pooled = false, beside, leaving }: ConnectionChoice, more = ''): ConnectionSettings {
  const settings = {
    max: poolSize,
    application_name: applicationName({ beside, leaving }),
    keepAlive: true,
    connectionTimeoutMillis: timeouts.connection,
    query_timeout: timeouts.query,
  };
  if (pooled) return { ...settings, connectionString: databaseUrl, Client: pooledClient(toldEachTime(schema)) };
  const options = [inUtc, beside === 'redis' ? besideRedis : '', more].filter((one) => one !== '').join(' ');
  return {
    ...settings,
    connectionString: withOptions(inSchema(databaseUrl, schema), options),
    statement_timeout: timeouts.statement,
    Client: pg.Client,
  };
}
