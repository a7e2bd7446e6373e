import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { PostgresFolder } from '../dist/infrastructure/embedded-postgres/postgres-folder.js';
import { findPostmaster } from '../dist/infrastructure/embedded-postgres/postmaster.js';
import { startEmbeddedPostgres } from '../dist/infrastructure/embedded-postgres/start-embedded-postgres.js';

/**
 * Every server that is compared has its own database on this one PostgreSQL, durable as in production: what is acknowledged has been synced. Its buffers hold
 * what is in use, as an operator would see to; those that the product starts it with, for a modest footprint, are 64 MB.
 *
 * @param {Record<string, string>} settings of the server, over those that the product starts it with
 */
export async function benchPostgres(settings = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), 'keywright-bench-'));
  const server = await startEmbeddedPostgres({
    dataDir,
    log: () => {},
    settings: { max_connections: '200', shared_buffers: '1GB', max_wal_size: '2GB', ...settings },
  });
  const postmaster = await findPostmaster(new PostgresFolder(dataDir));
  return {
    /** Whose children do all the work. */
    pid: postmaster.pid,
    /** Makes an empty database; answers its address. */
    async database(name) {
      const database = `bench_${name.replaceAll(/[^a-z0-9]/g, '_')}`;
      await query(server.url, `CREATE DATABASE ${database}`);
      return Object.assign(new URL(server.url), { pathname: `/${database}` }).href;
    },
    async stop() {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** One statement on a connection of its own. */
export async function query(url, text, values = []) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text, values)).rows;
  } finally {
    await client.end();
  }
}
