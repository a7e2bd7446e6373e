import { setTimeout as pause } from 'node:timers/promises';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { migrate } from '../../../src/infrastructure/prisma/migrate.js';
import { watchingLocks } from '../../../src/infrastructure/prisma/migrate-lock-watch.js';
import { lineTo } from '../../support/line-to.js';
import { type DatabaseWithRole, databaseWithRole } from '../../support/postgres.js';
import { connected, someMigrations, until } from './migrating.js';

let database: DatabaseWithRole;
beforeEach(async () => {
  database = await databaseWithRole();
});

it('is done without: a role that may have one connection only migrates', async () => {
  const { folder: migrationsFolder } = await someMigrations();
  await database.query(`ALTER ROLE ${database.role} CONNECTION LIMIT 1`);
  expect(await migrate({ databaseUrl: database.url, migrationsFolder })).toEqual({ applied: ['1_first'] });
});

it.each([
  ['and it is asked once more', 500],
  ['and nothing more is asked of it', 0],
])('does not keep a migration from its end where its connection hangs, %s', async (_, milliseconds) => {
  const client = await connected(database.url);
  let looked = false;
  const line = await lineTo(database.url, (bytes) => {
    looked ||= bytes.includes('SELECT CASE locktype');
  });
  onTestFinished(() => line.break());
  await watchingLocks(line.url, client, async () => {
    await until(() => looked);
    line.stall();
    await pause(milliseconds);
  });
});
