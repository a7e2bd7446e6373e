import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listeningServer, type TestServer, testPerson } from '../support/test-server.js';

const script = fileURLToPath(new URL('../../bench/codes.js', import.meta.url));
const redirectUri = 'https://load.example/callback';
let world: TestServer;
beforeAll(async () => {
  world = await listeningServer();
});
afterAll(() => world.close());

/** The lines that the script prints for a new client of the house that may do without PKCE. */
async function printed(...more: string[]): Promise<string[]> {
  const client = await world.createClient({ redirectUris: [redirectUri], consent: 'skip', pkce: 'optional' });
  const named = { issuer: world.issuer, client: client.id, secret: client.secret, 'redirect-uri': redirectUri, ...testPerson };
  const options = Object.entries(named).flatMap(([name, value]) => [`--${name}`, value]);
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...options, ...more]);
  return stdout.trim().split('\n');
}

it('gets as many codes as were asked for from a running server, the way people do', async () => {
  const codes = await printed('--count', '3');
  expect(new Set(codes).size).toBe(3);
  for (const code of codes) expect(code).toMatch(/^kw_ac_/);
});

it('exchanges them with their verifier for refresh tokens', async () => {
  expect(await printed('--count', '1', '--exchange', '--code-verifier', 'v'.repeat(64))).toEqual([expect.stringMatching(/^kw_rt_/)]);
});
