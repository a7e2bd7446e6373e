import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startEmbeddedPostgres } from '../../../src/infrastructure/embedded-postgres/start-embedded-postgres.js';
import { migrate } from '../../../src/infrastructure/prisma/migrate.js';
import { connected, requestsOf, someMigrations, until } from './migrating.js';

/** A PostgreSQL of its own, as how often it looks what is to be vacuumed is a setting of the server. */
async function server(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'keywright-autovacuum-'));
  onTestFinished(() => rm(dataDir, { recursive: true }));
  const { url, stop } = await startEmbeddedPostgres({ dataDir, log: () => undefined, settings: { fsync: 'off', autovacuum_naptime: '1s' } });
  onTestFinished(stop);
  return url;
}

it('pushes an autovacuum aside, which would go on for minutes, while requests go on', async () => {
  const databaseUrl = await server();
  const { folder: migrationsFolder, add } = await someMigrations();
  await migrate({ databaseUrl, migrationsFolder });
  const client = await connected(databaseUrl);
  await client.query('ALTER TABLE first SET (autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1, autovacuum_vacuum_insert_threshold = 1)');
  await client.query('INSERT INTO first SELECT generate_series(1, 100000)');
  const vacuum = "SELECT pid FROM pg_locks WHERE relation = 'first'::regclass AND mode = 'ShareUpdateExclusiveLock' AND granted";
  await until(
    async () => (await client.query(`${vacuum} AND pid IN (SELECT pid FROM pg_stat_progress_vacuum WHERE relid = 'first'::regclass)`)).rowCount === 1,
  );
  const [first] = (await client.query<{ pid: number }>(vacuum)).rows;

  await add('2_second', 'ALTER TABLE first ADD COLUMN more int');
  const requests = await requestsOf(databaseUrl);
  const lines: string[] = [];
  expect(await migrate({ databaseUrl, migrationsFolder, log: (line) => void lines.push(line) })).toEqual({ applied: ['2_second'] });
  expect(lines).toEqual([expect.stringMatching(new RegExp(`first is held by pid ${first?.pid} \\(a vacuum`))]);
  await requests.end();
});
