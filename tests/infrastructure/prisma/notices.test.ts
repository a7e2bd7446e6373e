import { Client as Connection } from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { givenClient } from '../../../src/adapter-kit/given.js';
import type { Storage } from '../../../src/application/ports/storage.js';
import { createPrismaStorage } from '../../../src/infrastructure/prisma/create-prisma-storage.js';
import { type Line, lineTo } from '../../support/line-to.js';
import { type TestDatabase, testDatabase } from '../../support/postgres.js';

const patience = { timeout: 15_000, interval: 20 };

let database: TestDatabase;
let observer: Connection;
let line: Line;
let own: Storage;
let other: Storage;

beforeEach(async () => {
  database = await testDatabase();
  observer = new Connection({ connectionString: database.url });
  await observer.connect();
  line = await lineTo(database.url);
  own = createPrismaStorage({ databaseUrl: database.url, databaseDirectUrl: line.url });
  other = createPrismaStorage({ databaseUrl: database.url });
});
afterEach(async () => {
  await Promise.all([own.close(), other.close()]);
  await observer.end();
  await line.break();
  await database.drop();
});

/** What a subscriber was told, in order: the ids of clients, `lost` and `resumed`. */
function following(storage: Storage): string[] {
  const told: string[] = [];
  storage.notices.subscribe('clients', { changed: (key) => told.push(key), lost: () => told.push('lost'), resumed: () => told.push('resumed') });
  return told;
}

async function tellsOfAChange(told: readonly string[]): Promise<void> {
  const client = await givenClient(other);
  await vi.waitFor(() => expect(told).toContain(client.id), patience);
}

async function sessions(): Promise<number[]> {
  const { rows } = await observer.query<{ pid: number }>(
    `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'keywright notices'`,
  );
  return rows.map(({ pid }) => pid);
}

it('tells what another instance changes, and another tool', async () => {
  const told = following(own);
  await vi.waitFor(() => expect(told).toEqual(['resumed']), patience);
  await tellsOfAChange(told);
  told.length = 0;
  await observer.query("UPDATE clients SET name = 'By hand'");
  await vi.waitFor(() => expect(told).toHaveLength(1), patience);
});

it('listens on one connection, however many subscribe, and on none while nobody does', async () => {
  await own.ping();
  expect(await sessions()).toEqual([]);
  const all = Array.from({ length: 20 }, () => following(own));
  await vi.waitFor(() => expect(all.every((told) => told.includes('resumed'))).toBe(true), patience);
  expect(await sessions()).toHaveLength(1);
});

describe('When the connection is lost', () => {
  const breaks: [string, () => Promise<void>][] = [
    ['ended by an operator', async () => void (await observer.query('SELECT pg_terminate_backend($1)', [(await sessions())[0]]))],
    [
      'cut, and the database away for a while',
      async () => {
        await line.break();
        setTimeout(() => line.mend(), 500);
      },
    ],
    [
      'dead without a word',
      async () => {
        line.stall();
        setTimeout(() => line.break().then(() => line.mend()), 3000);
      },
    ],
  ];

  it.each(breaks)('says so, listens again by itself, and says that too: %s', async (_, breakIt) => {
    const told = following(own);
    await vi.waitFor(() => expect(told).toEqual(['resumed']), patience);
    await breakIt();
    await vi.waitFor(() => expect(told.slice(0, 3)).toEqual(['resumed', 'lost', 'resumed']), patience);
    await tellsOfAChange(told);
    expect(told.filter((one) => one === 'lost')).toHaveLength(1);
  });

  it('tells of everything that was changed after it said that it listens again, ten times over', async () => {
    const told = following(own);
    for (let round = 1; round <= 10; round += 1) {
      await vi.waitFor(() => expect(told.filter((one) => one === 'resumed')).toHaveLength(round), patience);
      await tellsOfAChange(told);
      await observer.query('SELECT pg_terminate_backend($1)', [(await sessions())[0]]);
    }
  });
});

it('does not believe that it hears where it does not, such as behind a pooler that lends out connections by transaction', async () => {
  const elsewhere = await testDatabase();
  // Another database is as deaf to the notices of this one as such a pooler.
  const deaf = createPrismaStorage({ databaseUrl: database.url, databaseDirectUrl: elsewhere.url });
  const told = following(deaf);
  await new Promise((resolve) => setTimeout(resolve, 3000));
  expect(told).toEqual(['lost']);
  await deaf.close();
  await elsewhere.drop();
});

it('closes at once and without a word, also while the database is away', async () => {
  const told = following(own);
  await vi.waitFor(() => expect(told).toEqual(['resumed']), patience);
  line.stall();
  const started = performance.now();
  await own.close();
  expect(performance.now() - started).toBeLessThan(2500);
  expect(told).toEqual(['resumed']);
  expect(following(own)).toEqual([]);
});
