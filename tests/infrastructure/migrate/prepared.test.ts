import { expect, it } from 'vitest';
import { migrate } from '../../../src/infrastructure/prisma/migrate.js';
import { explainFailure } from '../../../src/interfaces/cli/explain-failure.js';
import { connected, serverWith, someMigrations } from './migrating.js';

it('names a prepared transaction that holds a table or a row as the statement that ends it has it, beside others or alone', async () => {
  const databaseUrl = await serverWith({ max_prepared_transactions: '4' });
  const { folder: migrationsFolder, add } = await someMigrations();
  const failureOf = () => migrate({ databaseUrl, migrationsFolder, waitForLocks: 1 }).then(() => 'no failure', explainFailure);
  await migrate({ databaseUrl, migrationsFolder });
  const client = await connected(databaseUrl);
  await client.query('INSERT INTO first VALUES (1)');
  // One that has nothing to do with it.
  await client.query("BEGIN; INSERT INTO second VALUES (1); PREPARE TRANSACTION 'elsewhere'");
  await client.query("BEGIN; UPDATE first SET id = 2; PREPARE TRANSACTION 'a payer''s'");

  await add('2_second', 'ALTER TABLE first ADD COLUMN more int');
  expect(await failureOf()).toEqual({
    exitCode: 75,
    lines: [expect.stringMatching(/: first is held by a prepared transaction \(pg_prepared_xacts\): start .+ end them: ROLLBACK PREPARED 'a payer''s'$/)],
  });
  await add('2_second', 'UPDATE first SET id = 3');
  expect(await failureOf()).toMatchObject({ lines: [expect.stringMatching(/end them: ROLLBACK PREPARED 'a payer''s'$/)] });

  await client.query('BEGIN; SELECT FROM first');
  await add('2_second', 'ALTER TABLE first ADD COLUMN more int');
  expect(await failureOf()).toMatchObject({
    lines: [expect.stringMatching(/end them: ROLLBACK PREPARED 'a payer''s'; SELECT pg_terminate_backend\(pid\)$/)],
  });
  await client.query('COMMIT');
  await client.query("ROLLBACK PREPARED 'a payer''s'");
  expect(await migrate({ databaseUrl, migrationsFolder })).toEqual({ applied: ['2_second'] });
});

it('refuses a script that prepares the transaction in which it is applied', async () => {
  const databaseUrl = await serverWith({ max_prepared_transactions: '4' });
  const { folder: migrationsFolder, add } = await someMigrations();
  await add('2_second', "CREATE TABLE more (id int); PREPARE TRANSACTION 'later'");
  await expect(migrate({ databaseUrl, migrationsFolder })).rejects.toThrow(/^2_second ends the transaction in which it is applied, /);
});
