import type { Client as Connection } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { EventReader } from '../support/event-reader.js';
import { type Line, lineTo } from '../support/line-to.js';
import { basic, credentialsOf, type OAuthCaller } from '../support/oauth.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import type { TestClient, TestServer } from '../support/test-server.js';
import { twoInstances } from '../support/two-instances.js';
import { expectWithinASecond } from '../support/within-a-second.js';

let database: TestDatabase;
let observer: Connection;
let line: Line;
let a: TestServer;
let b: TestServer;
let caller: OAuthCaller;
let app: TestClient;
const closes: (() => Promise<unknown>)[] = [];

/** A revokes, B tells: two instances over one PostgreSQL, B by a line that can be broken. */
beforeAll(async () => {
  database = await testDatabase();
  line = await lineTo(database.url);
  const both = await twoInstances(database.url, line.url);
  ({ a, b, observer, caller, app } = both);
  closes.push(
    both.close,
    () => line.break(),
    () => database.drop(),
  );
});
afterAll(async () => {
  for (const close of closes) await close();
});

const listen = (headers: Record<string, string> = {}) => EventReader.open(`${b.issuer}/oauth/revocations`, { ...basic(app.id, app.secret), ...headers });

async function token(): Promise<{ text: string; jti: string }> {
  const { access_token: text } = (await caller.token({ grant_type: 'client_credentials', ...credentialsOf(app) })).body;
  const { jti } = (await caller.post<{ jti: string }>('/oauth/introspect', { token: text, ...credentialsOf(app) })).body;
  return { text, jti };
}
const tokens = (count: number) => Promise.all(Array.from({ length: count }, token));
const revoke = (text: string) => caller.post('/oauth/revoke', { token: text, ...credentialsOf(app) });

/** Revokes one token on A and answers after how many milliseconds a reader on B knew, counted from before the request. */
async function timeToHear(reader: EventReader, { text, jti }: { text: string; jti: string }): Promise<number> {
  const started = performance.now();
  await revoke(text);
  const told = await vi.waitFor(() => reader.events.find(({ data }) => data.jti === jti) ?? expect.unreachable('not told yet'), {
    timeout: 15_000,
    interval: 2,
  });
  return told.at - started;
}

describe('What is revoked on one instance, a reader of another one knows in under a second, 100 times of 100', () => {
  it('while all is well', async () => {
    const reader = await listen();
    await reader.all('start', 1);
    const times: number[] = [];
    for (const one of await tokens(100)) times.push(await timeToHear(reader, one));
    expectWithinASecond('well', times);
    expect(reader.events.filter(({ event }) => event === 'revoked')).toHaveLength(100);
    reader.close();
  });

  it('also after the other one lost and regained its connection for notices, each time anew', async () => {
    const reader = await listen();
    await reader.all('start', 1);
    const times: number[] = [];
    for (const one of await tokens(100)) {
      await observer.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'keywright notices'`,
      );
      times.push(await timeToHear(reader, one));
    }
    expectWithinASecond('notices terminated before each', times);
    reader.close();
  });

  it('also after all its lines were cut and mended, each time anew', async () => {
    const reader = await listen();
    await reader.all('start', 1);
    const times: number[] = [];
    for (const one of await tokens(100)) {
      await line.break();
      await line.mend();
      times.push(await timeToHear(reader, one));
    }
    expectWithinASecond('lines cut before each', times);
    reader.close();
  });
});

describe('A reader', () => {
  it('who was away, and whose instance was cut off meanwhile, is told everything that it missed, on either instance', async () => {
    const reader = await listen();
    await reader.all('start', 1);
    const [before, during, after] = [await tokens(5), await tokens(5), await tokens(5)];
    for (const { text } of before) await revoke(text);
    await reader.all('revoked', 5);
    reader.close();
    await line.break();
    for (const { text } of during) await revoke(text);
    await line.mend();
    for (const { text } of after) await revoke(text);
    for (const world of [a, b]) {
      const headers = { ...basic(app.id, app.secret), 'last-event-id': reader.lastId ?? '' };
      let back = await EventReader.open(`${world.issuer}/oauth/revocations`, headers);
      while (back.response.statusCode === 503) back = await EventReader.open(`${world.issuer}/oauth/revocations`, headers);
      await back.all('revoked', 10);
      const told = new Set(back.events.map(({ data }) => data.jti));
      for (const { jti } of [...during, ...after]) expect(told).toContain(jti);
      back.close();
    }
  });

  it('is cut off when its instance has lost the database for too long, and told to come back later, not that all is well', async () => {
    const reader = await listen();
    await reader.all('start', 1);
    await line.break();
    while (!reader.ended) await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await listen()).response.statusCode).toBe(503);
    const { text, jti } = await token();
    await revoke(text);
    await line.mend();
    const headers = { 'last-event-id': reader.lastId ?? '' };
    let back = await listen(headers);
    while (back.response.statusCode === 503) back = await listen(headers);
    await back.all('revoked', 1);
    expect(back.events.map(({ data }) => data.jti)).toContain(jti);
    back.close();
  }, 30_000);
});
