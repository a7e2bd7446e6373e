import { Client } from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import type { MoveSeen } from '../../../src/application/ports/moved-store.js';
import { moveOfOwn } from '../../../src/infrastructure/examined-move.js';
import { examinedStore } from '../../../src/infrastructure/examined-store.js';
import type { StorageChoice } from '../../../src/infrastructure/open-chosen.js';
import { openMove } from '../../../src/infrastructure/open-move.js';
import { bareDatabase, type TestDatabase, testDatabase } from '../../support/postgres.js';
import { hasRedis, redisSpace } from '../../support/redis.js';

const choice: StorageChoice = {
  storage: 'postgresql',
  databaseUrl: null,
  databaseDirectUrl: null,
  databasePooled: false,
  databasePoolSize: 2,
  redisUrl: '',
  redisPrefix: '',
  dataDir: '',
};

async function seen(changes: Partial<StorageChoice>): Promise<MoveSeen | undefined> {
  const store = await examinedStore({ ...choice, ...changes });
  return (await store.move?.().finally(store.close)) ?? undefined;
}

async function dropped(database: Promise<TestDatabase>): Promise<string> {
  const { url, drop } = await database;
  onTestFinished(drop);
  return url;
}

async function moving(from: string, to: string, more: { databaseUrl: string | null; redisPrefix: string } = { databaseUrl: null, redisPrefix: '' }) {
  const { move, close } = await openMove({ from, to, dataDir: '', ...more });
  return { copy: () => move.copy(() => undefined), switchOver: () => move.switchOver(), close };
}

async function asAdministrator(databaseUrl: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

it('a database and the one for which it is left tell how far the move is, and a hold that nobody ended is over', async () => {
  const [old, next] = [await dropped(testDatabase()), await dropped(testDatabase())];
  const [atOld, between] = [{ databaseUrl: old }, { databaseUrl: next, storageFrom: old }];
  expect([await seen(atOld), await seen(between)]).toEqual([
    { store: 'chosen', stage: null },
    { store: 'left', stage: null },
  ]);
  const { copy, switchOver, close } = await moving(old, next);
  onTestFinished(close);
  await copy();
  for (const [sql, stage] of [
    ['SELECT', 'copying'],
    ["UPDATE store_moves SET phase = 'held', held_until = clock_timestamp() + interval '1 minute'", 'held'],
    ['UPDATE store_moves SET held_until = clock_timestamp()', 'copying'],
  ] as const) {
    await asAdministrator(old, sql);
    expect([await seen(atOld), await seen(between)], sql).toEqual([
      { store: 'chosen', stage },
      { store: 'left', stage },
    ]);
  }
  await switchOver();
  expect([await seen(atOld), await seen(between), await seen({ databaseUrl: next })]).toEqual([
    { store: 'chosen', stage: 'moved' },
    { store: 'left', stage: 'moved' },
    { store: 'chosen', stage: null },
  ]);
});

it('one that is not migrated yet has no move', async () => {
  expect(await seen({ databaseUrl: await dropped(bareDatabase()) })).toEqual({ store: 'chosen', stage: null });
});

it.skipIf(!hasRedis)(
  'a database and the Redis beside it, there and back, and Redis is not to be used before the switch by who does not know of both',
  async () => {
    const databaseUrl = await dropped(testDatabase());
    const { redisUrl, keyPrefix: redisPrefix } = await redisSpace();
    const beside = { storage: 'redis', databaseUrl, redisUrl, redisPrefix } as const;
    const there = await moving(databaseUrl, redisUrl, { databaseUrl, redisPrefix });
    await there.copy();
    expect([await seen({ databaseUrl }), await seen({ ...beside, storageFrom: databaseUrl })]).toEqual([
      { store: 'chosen', stage: 'copying' },
      { store: 'left', stage: 'copying' },
    ]);
    expect(await seen(beside)).toMatchObject({ tooEarly: true });
    await there.switchOver();
    await there.close();
    expect([await seen({ databaseUrl }), await seen(beside)]).toEqual([
      { store: 'chosen', stage: 'moved' },
      { store: 'chosen', stage: null, tooEarly: false },
    ]);
    const leaving = { databaseUrl, redisPrefix, storageFrom: redisUrl };
    expect(await seen(leaving)).toEqual({ store: 'left', stage: null });
    const back = await moving(redisUrl, databaseUrl, { databaseUrl, redisPrefix });
    await back.copy();
    expect([await seen(beside), await seen(leaving)]).toEqual([
      { store: 'chosen', stage: 'copying', tooEarly: false },
      { store: 'left', stage: 'copying' },
    ]);
    await back.switchOver();
    await back.close();
    expect([await seen(beside), await seen(leaving), await seen({ databaseUrl })]).toEqual([
      { store: 'chosen', stage: 'moved', tooEarly: false },
      { store: 'left', stage: 'moved' },
      { store: 'chosen', stage: null },
    ]);
  },
);

it('a store of the team’s own that cannot be left has none', async () => {
  expect(await moveOfOwn(undefined)).toEqual({ store: 'chosen', stage: null });
});
