import { Client as Connection } from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { now, plus, someSession, someUser } from '../../../src/adapter-kit/fixtures.js';
import { givenClient, givenGrant, givenTokens } from '../../../src/adapter-kit/given.js';
import { rotationOf, someMachineToken } from '../../../src/adapter-kit/token-fixtures.js';
import { StorageUnavailable } from '../../../src/application/ports/storage-unavailable.js';
import { createPrismaStorage } from '../../../src/infrastructure/prisma/create-prisma-storage.js';
import { lineTo } from '../../support/line-to.js';
import { type TestDatabase, testDatabase } from '../../support/postgres.js';

let database: TestDatabase;
let observer: Connection;

beforeEach(async () => {
  database = await testDatabase();
  observer = new Connection({ connectionString: database.url });
  await observer.connect();
});
afterEach(async () => {
  await observer.end();
  await database.drop();
});

describe('a database whose sessions are not in UTC', () => {
  it.each([
    ['nothing said in the address', '', false],
    ['options in the address', `options=${encodeURIComponent('-c TimeZone=Asia/Kolkata')}`, false],
    ['options twice in the address', 'options=-c%20jit%3Doff&options=-c+TimeZone=Asia/Kolkata', false],
    ['a fragment behind the address', '#primary', false],
    ['a pooler in between', '', true],
  ])('is given and gives moments as they are: %s', async (_, query, pooled) => {
    await observer.query("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET timezone TO ''America/St_Johns''', current_database()); END $$");
    const storage = createPrismaStorage({ databaseUrl: `${database.url}?${query}`, pooled });
    await storage.ping();
    const { userId, clientId } = await givenGrant(storage);
    const session = someSession(userId, { authenticatedAt: now, expiresAt: plus(1) });
    const token = someMachineToken(clientId, { issuedAt: now, expiresAt: plus(1) });
    await storage.sessions.add(session);
    await storage.accessTokens.add(token);
    expect(await storage.sessions.find(session.id)).toMatchObject({ authenticatedAt: session.authenticatedAt, expiresAt: session.expiresAt });
    expect(await storage.accessTokens.find(token.id)).toMatchObject({ issuedAt: token.issuedAt, expiresAt: token.expiresAt });
    for (const table of ['sessions', 'access_tokens']) {
      const { rows } = await observer.query(`SELECT extract(epoch FROM expires_at) * 1000 AS moment FROM ${table}`);
      expect(Number(rows[0].moment)).toBe(plus(1).getTime());
    }
    await storage.close();
  });
});

it.each([
  ['prepares its statements, and tells each session how to plan', false, true],
  ['prepares none and asks for nothing that a pooler would refuse', true, false],
])('%s', async (_, pooled, told) => {
  const sent: Buffer[] = [];
  const line = await lineTo(database.url, (bytes) => sent.push(bytes));
  const storage = createPrismaStorage({ databaseUrl: line.url, pooled });
  expect(await storage.users.find(someUser().id)).toBeNull();
  expect(await storage.accessTokens.find(someUser().id)).toBeNull();
  const all = Buffer.concat(sent);
  expect(all.includes('access_tokens')).toBe(true);
  for (const one of ['keywright_', 'options\0', 'statement_timeout\0']) expect(all.includes(one)).toBe(told);
  await storage.close();
  await line.break();
});

it.each([
  ['directly', false],
  ['behind a pooler', true],
])('gives a statement up that waits for a lock, so that nothing happens when it is let go of at last: %s', async (_, pooled) => {
  const storage = createPrismaStorage({ databaseUrl: database.url, pooled });
  const { grant, refreshToken } = await givenTokens(storage);
  await observer.query('BEGIN');
  await observer.query('SELECT FROM refresh_tokens WHERE id = $1 FOR UPDATE', [refreshToken.id]);
  await expect(storage.refreshTokens.rotate(rotationOf(refreshToken, grant))).rejects.toBeInstanceOf(StorageUnavailable);
  await nobodyWaits();
  await observer.query('COMMIT');
  expect(await storage.refreshTokens.rotate(rotationOf(refreshToken, grant))).toEqual({ outcome: 'rotated' });
  await storage.close();
});

it.each([
  ['directly', false],
  ['behind a pooler', true],
])('gives up one that Prisma sends, too: %s', async (_, pooled) => {
  const storage = createPrismaStorage({ databaseUrl: database.url, pooled });
  const { id } = await givenClient(storage);
  await observer.query('BEGIN');
  await observer.query('SELECT FROM clients WHERE id = $1 FOR UPDATE', [id]);
  await expect(storage.clients.setDisabled(id, { at: now, by: 'house' })).rejects.toBeInstanceOf(StorageUnavailable);
  await nobodyWaits();
  await observer.query('COMMIT');
  expect((await storage.clients.find(id))?.disabledAt).toBeNull();
  await storage.close();
});

/** What gave up in time is not waiting at the database either. */
async function nobodyWaits(): Promise<void> {
  await vi.waitFor(async () => {
    const { rows } = await observer.query("SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'");
    expect(rows).toEqual([]);
  }, 2000);
}
