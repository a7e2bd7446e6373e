import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { freePort, KeywrightProcess } from './keywright-process.js';

let dataDir: string;
let database: TestDatabase;
let server: KeywrightProcess;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'keywright-kept-connections-'));
  database = await testDatabase();
});
afterEach(async () => {
  await (server as KeywrightProcess | undefined)?.stop();
});
afterAll(async () => {
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

it.each(['1', '2'])(
  'at SIGTERM every request on a connection that was kept is answered, and told when it was the last (WORKERS=%s)',
  async (WORKERS) => {
    server = await KeywrightProcess.start(dataDir, await freePort(), { DATABASE_URL: database.url, WORKERS });
    const callers = Array.from({ length: 48 }, (_, index) => new Caller(`${server.issuer}/.well-known/oauth-authorization-server`, index % 6));
    const calling = callers.map((caller) => caller.callUntilClosed());
    while (callers.some(({ answered }) => answered < 3)) await pause(10);
    const exitCode = server.stop();
    expect(await Promise.all(calling)).toEqual(callers.map(() => 'told'));
    expect(await exitCode).toBe(0);
    expect(new Set(callers.flatMap(({ statuses }) => [...statuses]))).toEqual(new Set([200]));
  },
  60_000,
);

it('at SIGTERM a connection on which nobody asks anything is closed soon, without a reset', async () => {
  server = await KeywrightProcess.start(dataDir, await freePort(), { DATABASE_URL: database.url });
  const agent = new Agent({ keepAlive: true });
  const { socket } = await answer(agent, `${server.issuer}/healthz`);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  expect(await server.stop()).toBe(0);
  // Whether it ended with an error.
  expect(await closed).toBe(false);
});

/** Calls over one connection, again and again. */
class Caller {
  readonly statuses = new Set<number | undefined>();
  answered = 0;
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(
    private readonly url: string,
    private readonly rest: number,
  ) {}

  /** `told`: an answer said that it is the last. Otherwise why a call had none. */
  async callUntilClosed(): Promise<string> {
    for (;;) {
      try {
        const { statusCode, headers } = await answer(this.agent, this.url);
        this.statuses.add(statusCode);
        this.answered += 1;
        if (headers.connection === 'close') return 'told';
      } catch (error) {
        return String(error);
      }
      if (this.rest > 0) await pause(this.rest);
    }
  }
}

function answer(agent: Agent, url: string): Promise<Pick<IncomingMessage, 'statusCode' | 'headers' | 'socket'>> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      const { statusCode, headers, socket } = response;
      response.resume().once('end', () => resolve({ statusCode, headers, socket }));
    }).once('error', reject);
  });
}
