import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { RotateKeys } from '../../src/application/keys/rotate-keys.js';
import { TendKeys } from '../../src/application/keys/tend-keys.js';
import { RegisterResourceServer } from '../../src/application/resources/register-resource-server.js';
import { readConfig } from '../../src/config.js';
import { createVerifier } from '../../src/verify/create-verifier.js';
import { readOptions } from '../../src/verify/options.js';
import { credentialsOf, OAuthCaller } from '../support/oauth.js';
import { listeningServer } from '../support/test-server.js';
import { passUnseen } from './time.js';

const audience = 'https://invoices.example';

afterEach(() => {
  vi.useRealTimers();
});

test('unless told otherwise, a key is published for longer than verifiers keep keys before it signs', () => {
  const { keysMaxAge } = readOptions({ issuer: 'https://auth.example', audience, whenUnavailable: 'deny' });
  expect(readConfig({}).keys.publicationLead).toBeGreaterThan(keysMaxAge);
});

test('refuses no token of a server that rotates its keys, and fetches them for none: three hours, new tokens and old ones', async () => {
  const world = await listeningServer();
  onTestFinished(() => world.close());
  const caller = new OAuthCaller(world);
  const app = await world.createClient({ grantTypes: ['client_credentials'] });
  const settings = { name: 'Invoices', tokenFormat: 'jwt' } as const;
  await world.container.resolve(RegisterResourceServer).execute({ actor: 'operator', identifier: audience, settings });
  const verifier = createVerifier({ issuer: world.issuer, audience, whenUnavailable: 'deny' });

  vi.useFakeTimers({ toFake: ['Date'] });
  const kids = new Set<string>();
  const refused: unknown[] = [];
  const live: { readonly token: string; readonly until: number }[] = [];
  const step = 120;
  for (let second = 0; second < 3 * 3600; second += step) {
    world.clock.pass(step);
    vi.setSystemTime(world.clock.now());
    passUnseen(step);
    await world.container.resolve(TendKeys).execute();
    if (second === 600 || second === 4800) await world.container.resolve(RotateKeys).execute({ now: false });
    const { access_token: token, expires_in } = (await caller.token({ grant_type: 'client_credentials', resource: audience, ...credentialsOf(app) })).body;
    live.push({ token, until: Date.now() + expires_in * 1000 });
    while (live[0] && live[0].until <= Date.now()) live.shift();
    for (const one of new Set([live[0], live[live.length >> 1], live.at(-1)])) {
      const result = await verifier.verify(one?.token as string);
      if (!result.active) refused.push({ second, result });
    }
    kids.add(token.split('.')[0] as string);
  }
  expect(refused).toEqual([]);
  expect(kids.size).toBe(3);
  verifier.close();
});
