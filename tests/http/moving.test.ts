import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CreateUser } from '../../src/application/people/create-user.js';
import type { Storage } from '../../src/application/ports/storage.js';
import { movingFrom } from '../../src/infrastructure/open-storage.js';
import { createPrismaStorage } from '../../src/infrastructure/prisma/create-prisma-storage.js';
import { StoreMove } from '../../src/infrastructure/prisma/moving/store-move.js';
import { credentialsOf, OAuthCaller, type TokenBody } from '../support/oauth.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { type TestClient, type TestServer, testPerson, testServer } from '../support/test-server.js';
import { overInject, type Transport } from '../support/transport.js';

const clients = 16;

let old: TestDatabase;
let next: TestDatabase;
const servers: TestServer[] = [];
/** As behind a load balancer: each request goes to whichever instance is in service. */
let inService: TestServer[] = [];
const balancer: Transport = (url, message) => overInject((inService[Math.floor(Math.random() * inService.length)] as TestServer).server)(url, message);

const open = (database: TestDatabase) => createPrismaStorage({ databaseUrl: database.url, poolSize: 5 });
async function serverOver(storage: Storage): Promise<TestServer> {
  const server = await testServer({ storage });
  servers.push(server);
  return server;
}
const movingServer = async () => serverOver(await movingFrom(old.url, open(next), 5));

// The clocks of test servers stand still, each at the moment it was made; these show the time.
const ticking = setInterval(() => {
  for (const { clock } of servers) clock.pass((Date.now() - clock.now().getTime()) / 1000);
}, 20);

beforeAll(async () => {
  [old, next] = [await testDatabase(), await testDatabase()];
});
afterAll(async () => {
  clearInterval(ticking);
  for (const server of servers) {
    await server.close();
    await server.storage.close();
  }
  await old?.drop();
  await next?.drop();
});

it('nobody is signed out while a store moves: every refresh and every exchange succeeds, from before the move until after it', async () => {
  const first = await serverOver(open(old));
  const second = await serverOver(open(old));
  inService = [first, second];
  await first.container.resolve(CreateUser).execute(testPerson);
  const redirectUris = ['https://app.example/callback'];
  const rotating = await first.createClient({ redirectUris });
  const keeping = await first.createClient({ redirectUris, refresh: 'keep' });
  const caller = new OAuthCaller(first, balancer);
  const browser = caller.browser();
  const formFor = async (app: TestClient) => ({ ...caller.codeForm(await caller.code(app, {}, browser)), ...credentialsOf(app) });
  const connect = async (app: TestClient) => (await caller.token(await formFor(app))).body;
  const refresh = (app: TestClient, { refresh_token }: TokenBody) => caller.token({ grant_type: 'refresh_token', refresh_token, ...credentialsOf(app) });
  // One consent each, so that codes come without a question from then on.
  for (const app of [rotating, keeping]) await connect(app);

  const failures: unknown[] = [];
  const counts = { refreshes: 0, repeated: 0, exchanges: 0, longest: 0 };
  let busy = true;
  const timed = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    const began = performance.now();
    const result = await work();
    counts.longest = Math.max(counts.longest, Math.round(performance.now() - began));
    return result;
  };

  async function client(app: TestClient): Promise<{ app: TestClient; held: TokenBody }> {
    let held = await connect(app);
    for (let turn = 0; busy; turn += 1) {
      // Every third time two at once, at two instances perhaps: both must get the same answer.
      const answers = await timed(() => Promise.all(Array.from({ length: turn % 3 === 0 ? 2 : 1 }, () => refresh(app, held))));
      counts.refreshes += answers.length;
      for (const { status, body } of answers) if (status !== 200) failures.push({ turn, status, body });
      const tokens = new Set(answers.map(({ body }) => body.refresh_token));
      if (tokens.size > 1) failures.push({ turn, forked: true });
      if (app === rotating && answers.length > 1) counts.repeated += 1;
      const [answer] = answers;
      if (answer?.status !== 200) break;
      held = answer.body;
      await pause(30);
    }
    return { app, held };
  }

  const redeemed: Record<string, string>[] = [];
  async function exchanger(): Promise<void> {
    while (busy) {
      const form = await timed(() => formFor(rotating));
      const { status, body } = await timed(() => caller.token(form));
      counts.exchanges += 1;
      if (status === 200) redeemed.push(form);
      else failures.push({ status, body });
      await pause(50);
    }
  }

  const running = Array.from({ length: clients }, (_, index) => client(index % 2 === 0 ? rotating : keeping));
  const exchanging = exchanger();
  const ended = await connect(rotating);
  const lasting = await connect(rotating);
  const lateEnded = await connect(rotating);
  let held = 0;
  try {
    // Instances are replaced, one by one, by those that know of both stores.
    const third = await movingServer();
    inService = [second, third];
    await pause(300);
    const fourth = await movingServer();
    inService = [third, fourth];
    // What the first two were asked before is answered; then they stop.
    await pause(1000);
    const move = await StoreMove.open(old.url, next.url);
    try {
      await move.copy(() => undefined);
      await caller.post('/oauth/revoke', { token: ended.refresh_token, ...credentialsOf(rotating) }).catch(() => undefined);
      expect((await move.check(() => undefined)).filter(({ differences }) => differences > 0)).toEqual([]);
      ({ held } = await move.switchOver());
    } finally {
      await move.close();
    }
    await caller.post('/oauth/revoke', { token: lateEnded.refresh_token, ...credentialsOf(rotating) }).catch(() => undefined);
    await pause(500);
    // And again, one by one, by those that know of the new one only.
    const fifth = await serverOver(open(next));
    inService = [fourth, fifth];
    await pause(500);
    inService = [fifth];
    await pause(500);
  } finally {
    busy = false;
    await Promise.allSettled([...running, exchanging]);
  }
  await exchanging;

  expect(failures).toEqual([]);
  for (const { app, held: tokens } of await Promise.all(running)) expect((await refresh(app, tokens)).status).toBe(200);
  expect(counts.refreshes).toBeGreaterThan(clients * 5);
  expect(counts.repeated).toBeGreaterThan(clients);
  expect(redeemed.length).toBeGreaterThan(5);
  // Ended while the copy ran, and ended after the switch by one that knows of both: ended for good.
  for (const { access_token } of [ended, lateEnded]) expect((await caller.me(access_token)).status).toBe(401);
  expect((await caller.me(lasting.access_token)).status).toBe(200);
  // RFC 6749 §4.1.2: no code works twice, wherever it was redeemed first.
  for (const form of redeemed) expect((await caller.token(form)).body.error).toBe('invalid_grant');
  console.info(`moved under load; longest answer and hold in milliseconds: ${JSON.stringify({ ...counts, held })}`);
}, 120_000);
