import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { CreateUser } from '../../src/application/people/create-user.js';
import type { Storage } from '../../src/application/ports/storage.js';
import { movingFrom } from '../../src/infrastructure/open-left.js';
import { openMove } from '../../src/infrastructure/open-move.js';
import { type OwnStorage, openOwnStorage } from '../../src/infrastructure/own-storage.js';
import { createPrismaStorage } from '../../src/infrastructure/prisma/create-prisma-storage.js';
import { createRedisStorage } from '../../src/infrastructure/redis/create-redis-storage.js';
import { credentialsOf, OAuthCaller, type TokenBody } from '../support/oauth.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { hasRedis, redisSpace } from '../support/redis.js';
import { type TestClient, type TestServer, testPerson, testServer } from '../support/test-server.js';
import { overInject, type Transport } from '../support/transport.js';

/** Two stores of which one is moved to the other. Whoever closes a store closes what it was opened on. */
interface Houses {
  old(): Storage;
  next(): Storage;
  /** As STORAGE_FROM makes it of both. */
  both(): Promise<Storage>;
  readonly move: Parameters<typeof openMove>[0];
  /** How many clients refresh meanwhile, and for how many milliseconds each waits in between. */
  readonly clients: number;
  readonly rest: number;
}

const cleanups: (() => Promise<unknown>)[] = [];
const servers: TestServer[] = [];
/** As behind a load balancer: each request goes to whichever instance is in service. */
let inService: TestServer[] = [];
const balancer: Transport = (url, message) => overInject((inService[Math.floor(Math.random() * inService.length)] as TestServer).server)(url, message);

async function serverOver(storage: Storage): Promise<TestServer> {
  const server = await testServer({ storage });
  servers.push(server);
  return server;
}

async function database(): Promise<TestDatabase> {
  const made = await testDatabase();
  cleanups.push(made.drop);
  return made;
}

const open = (databaseUrl: string, beside?: 'redis') => createPrismaStorage({ databaseUrl, poolSize: 5, ...(beside && { beside }) });

async function toAnotherDatabase(): Promise<Houses> {
  const [{ url: from }, { url: to }] = [await database(), await database()];
  return housesOf(
    { from, to, databaseUrl: to, redisPrefix: '', dataDir: '' },
    () => open(from),
    () => open(to),
  );
}

async function betweenDatabaseAndRedis(to: 'redis' | 'postgresql'): Promise<Houses> {
  const [{ url: databaseUrl }, { redisUrl, keyPrefix }] = [await database(), await redisSpace()];
  const inDatabase = () => open(databaseUrl);
  const inRedis = () => createRedisStorage({ redisUrl, keyPrefix, lasting: open(databaseUrl, 'redis') });
  const choice = { databaseUrl, redisPrefix: keyPrefix, dataDir: '' };
  return to === 'redis'
    ? housesOf({ from: databaseUrl, to: redisUrl, ...choice }, inDatabase, inRedis)
    : housesOf({ from: redisUrl, to: databaseUrl, ...choice }, inRedis, inDatabase);
}

/** The example of docs/write-an-adapter.md, which is opened once in a process. */
async function betweenDatabaseAndOwn(to: 'own' | 'postgresql'): Promise<Houses> {
  const [{ url: databaseUrl }, dataDir] = [await database(), await mkdtemp(join(tmpdir(), 'keywright-sqlite-'))];
  const path = fileURLToPath(new URL('../../examples/own-adapter/storage.js', import.meta.url)) as OwnStorage;
  const own = await openOwnStorage(path, { env: {}, dataDir, openPostgres: () => Promise.reject(new Error('not asked for')) });
  cleanups.push(async () => {
    await own.close();
    await rm(dataDir, { recursive: true });
  });
  const shared: Storage = { ...own, close: async () => {} };
  const choice = { databaseUrl, redisPrefix: '', dataDir };
  // It waits for the disk inside this process, which has everything else to do too.
  const few = 4;
  return to === 'own'
    ? housesOf(
        { from: databaseUrl, to: path, ...choice },
        () => open(databaseUrl),
        () => shared,
        few,
      )
    : housesOf(
        { from: path, to: databaseUrl, ...choice },
        () => shared,
        () => open(databaseUrl),
        few,
      );
}

function housesOf(move: Houses['move'], old: () => Storage, next: () => Storage, clients = 16): Houses {
  return { old, next, both: () => movingFrom(move.from, next(), { ...move, databasePoolSize: 5 }), move, clients, rest: clients === 16 ? 30 : 150 };
}

// The clocks of test servers stand still, each at the moment it was made; these show the time.
setInterval(() => {
  for (const { clock } of servers) clock.pass((Date.now() - clock.now().getTime()) / 1000);
}, 20).unref();

async function stop(server: TestServer): Promise<void> {
  servers.splice(servers.indexOf(server), 1);
  await server.close();
  await server.storage.close();
}

afterEach(async () => {
  for (const server of [...servers]) await stop(server);
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

describe.each([
  ['from one PostgreSQL to another', toAnotherDatabase],
  ['from PostgreSQL to Redis beside it', () => betweenDatabaseAndRedis('redis')],
  ['from Redis to the PostgreSQL beside it', () => betweenDatabaseAndRedis('postgresql')],
  ['from PostgreSQL to a store of a team’s own', () => betweenDatabaseAndOwn('own')],
  ['from a store of a team’s own to PostgreSQL', () => betweenDatabaseAndOwn('postgresql')],
])('%s', (way, housesFor) => {
  it.skipIf(!hasRedis && way.includes('Redis'))(
    'nobody is signed out while a store moves: every refresh and every exchange succeeds, from before the move until after it',
    async () => {
      const houses = await housesFor();
      const first = await serverOver(houses.old());
      const second = await serverOver(houses.old());
      inService = [first, second];
      await first.container.resolve(CreateUser).execute({ actor: 'operator', ...testPerson });
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
          await pause(houses.rest);
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
          await pause(houses.rest + 20);
        }
      }

      const running = Array.from({ length: houses.clients }, (_, index) => client(index % 2 === 0 ? rotating : keeping));
      const exchanging = exchanger();
      const ended = await connect(rotating);
      const lasting = await connect(rotating);
      const lateEnded = await connect(rotating);
      let held = 0;
      try {
        // Instances are replaced, one by one, by those that know of both stores.
        const third = await serverOver(await houses.both());
        inService = [second, third];
        await pause(300);
        const fourth = await serverOver(await houses.both());
        inService = [third, fourth];
        // What the first two were asked before is answered; then they stop.
        await pause(500);
        for (const stopped of [first, second]) await stop(stopped);
        const { move, close } = await openMove(houses.move);
        try {
          await move.copy(() => undefined);
          await caller.post('/oauth/revoke', { token: ended.refresh_token, ...credentialsOf(rotating) }).catch(() => undefined);
          expect((await move.check(() => undefined)).filter(({ differences }) => differences > 0)).toEqual([]);
          ({ held } = await move.switchOver());
        } finally {
          await close();
        }
        await caller.post('/oauth/revoke', { token: lateEnded.refresh_token, ...credentialsOf(rotating) }).catch(() => undefined);
        await pause(500);
        // And again, one by one, by those that know of the new one only.
        const fifth = await serverOver(houses.next());
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
      expect(counts.refreshes).toBeGreaterThan(houses.clients * 3);
      expect(counts.repeated).toBeGreaterThan(houses.clients);
      expect(redeemed.length).toBeGreaterThan(5);
      // Ended while the copy ran, and ended after the switch by one that knows of both: ended for good.
      for (const { access_token } of [ended, lateEnded]) expect((await caller.me(access_token)).status).toBe(401);
      expect((await caller.me(lasting.access_token)).status).toBe(200);
      // RFC 6749 §4.1.2: no code works twice, wherever it was redeemed first.
      for (const form of redeemed) expect((await caller.token(form)).body.error).toBe('invalid_grant');
      console.info(`moved under load; longest answer and hold in milliseconds: ${JSON.stringify({ ...counts, held })}`);
    },
    120_000,
  );
});
