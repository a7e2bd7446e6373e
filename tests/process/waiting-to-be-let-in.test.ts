import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { freePort, KeywrightProcess } from './keywright-process.js';

let dataDir: string;
let database: TestDatabase;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'keywright-waiting-'));
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

it.each(['1', '2'])(
  'at SIGTERM everybody who is connected is let in and answered before the port is closed (WORKERS=%s)',
  async (WORKERS) => {
    const server = await KeywrightProcess.start(dataDir, await freePort(), { DATABASE_URL: database.url, WORKERS });
    const port = Number(new URL(server.issuer).port);
    // More than are let in until the signal is heard, and fewer than what two seconds are enough for, also where other programs keep the processors busy.
    const callers = Array.from({ length: 100 }, () => connect(port, 'localhost'));
    const answers = callers.map((caller) => text(caller).catch(String));
    for (const caller of callers) caller.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await Promise.all(callers.map((caller) => once(caller, 'connect')));
    expect(await server.stop()).toBe(0);
    expect(await Promise.all(answers)).toEqual(callers.map(() => expect.stringMatching(/^HTTP\/1\.1 200 OK\r\n/)));
  },
  60_000,
);
