import { expect, it } from 'vitest';
import { migrate } from '../../../src/infrastructure/prisma/migrate.js';
import { connected, requestsOf, serverWith, someMigrations, until } from './migrating.js';

it('pushes an autovacuum aside, which would go on for minutes, while requests go on', async () => {
  const databaseUrl = await serverWith({ autovacuum_naptime: '1s' });
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
