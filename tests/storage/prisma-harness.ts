import pg from 'pg';
import type { StorageHarness } from '../../src/adapter-kit/storage-harness.js';
import type { Storage } from '../../src/application/ports/storage.js';
import { testDatabase } from '../support/postgres.js';

/** Stores that `open` opens, each on a database of its own. */
export function prismaHarness(open: (databaseUrl: string) => Storage | Promise<Storage>): StorageHarness {
  const databases = new WeakMap<Storage, { readonly url: string; drop(): Promise<void> }>();
  return {
    async create() {
      const database = await testDatabase();
      const storage = await open(database.url);
      databases.set(storage, database);
      await answering(storage);
      return storage;
    },
    async destroy(storage) {
      await storage.close();
      await databases.get(storage)?.drop();
    },
    openAgain: async (storage) => open(databases.get(storage)?.url ?? ''),
    /** It takes no connections any more, and ends those that are there. */
    async away(storage) {
      const { url = '' } = databases.get(storage) ?? {};
      const admin = new pg.Client({ connectionString: Object.assign(new URL(url), { pathname: '/postgres' }).href });
      await admin.connect();
      const name = new URL(url).pathname.slice(1);
      await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
      await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
      return async () => {
        await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
        await admin.end();
      };
    },
    failWrite(_, nth) {
      const { query } = pg.Client.prototype;
      let writes = 0;
      pg.Client.prototype.query = function failing(this: pg.Client, ...parameters: unknown[]) {
        const [statement, ...rest] = parameters as [string | { readonly text: string }, ...unknown[]];
        const text = (typeof statement === 'string' ? statement : statement.text).replace(/FOR (NO KEY )?UPDATE/g, '');
        if (/\b(INSERT INTO|UPDATE|DELETE FROM)\b/.test(text) && ++writes === nth) return failed(rest.at(-1)) as never;
        return Reflect.apply(query, this, parameters) as never;
      } as typeof query;
      return () => {
        pg.Client.prototype.query = query;
        return writes >= nth;
      };
    },
  };
}

/** A new database on a machine that does much else takes its first connection late: that is waited for here, where no rule counts the seconds. */
async function answering(storage: Storage): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await storage.ping();
    } catch (error) {
      if (attempt === 10) throw error;
    }
  }
}

/** As pg fails: to a callback where there is one. */
function failed(callback: unknown): Promise<never> | undefined {
  const failure = new Error('the disk is full');
  if (typeof callback !== 'function') return Promise.reject(failure);
  setImmediate(() => callback(failure));
  return undefined;
}
