import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { freePort, KeywrightProcess } from './keywright-process.js';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'keywright-stop-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

it('ends in good order and without a word at SIGTERM though a caller never finishes its request: it is not left to be killed', async () => {
  const port = await freePort();
  const server = await KeywrightProcess.start(dataDir, port, { ADMIN_EMAIL: 'ada@example.com', ADMIN_PASSWORD: 'correct horse battery staple' });
  const caller = connect(port, 'localhost').on('error', () => {});
  await once(caller, 'connect');
  const head = 'POST /oauth/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9999\r\n\r\ngrant_type=';
  caller.write(head);
  await fetch(`${server.issuer}/health`);
  // A second connection keeps the body coming, byte by byte, so that no limit on idleness ends it.
  const trickle = setInterval(() => caller.write('a'), 200);
  const said = server.said;
  const exitCode = await server.stop();
  clearInterval(trickle);
  caller.destroy();
  expect({ exitCode, said: server.said }).toEqual({ exitCode: 0, said });
}, 60_000);
