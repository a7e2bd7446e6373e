import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { RevokeClientTokens } from '../../src/application/clients/revoke-client-tokens.js';
import { credentialsOf, OAuthCaller } from '../support/oauth.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import type { TestClient, TestServer } from '../support/test-server.js';
import { twoInstances } from '../support/two-instances.js';

let database: TestDatabase;
let instances: Awaited<ReturnType<typeof twoInstances>>;
let api: TestClient;

beforeAll(async () => {
  database = await testDatabase();
  instances = await twoInstances(database.url);
  api = await instances.a.createClient({ grantTypes: ['client_credentials'] });
});
afterAll(async () => {
  await instances?.close();
  await database?.drop();
});

const formats = ['opaque', 'jwt'] as const;

describe.each(formats)('What a client obtained for itself, when all of it is ended on one instance, as a token that is %s', (accessTokenFormat) => {
  let app: TestClient;
  beforeAll(async () => {
    app = await instances.a.createClient({ grantTypes: ['client_credentials'], accessTokenFormat });
  });

  const obtained = async (server: TestServer) => {
    const asked = { grant_type: 'client_credentials', resource: 'https://nobody-registered.example', ...credentialsOf(app) };
    return (await new OAuthCaller(server).token(asked)).body.access_token as string;
  };
  const introspected = async (server: TestServer, token: string) =>
    (await new OAuthCaller(server).post<{ active: boolean }>('/oauth/introspect', { token, ...credentialsOf(api) })).body.active;
  const revoke = () => instances.a.container.resolve(RevokeClientTokens).execute({ actor: 'operator', clientId: app.id });

  it('is refused by every instance as soon as that is answered, also what was just looked at, and what is obtained then is good on each, ten times', async () => {
    const { a, b } = instances;
    let last = '';
    for (let round = 0; round < 10; round += 1) {
      const before = [await obtained(a), await obtained(b), ...(last ? [last] : [])];
      expect(before.every((token) => token.startsWith(accessTokenFormat === 'jwt' ? 'ey' : 'kw_at_'))).toBe(true);
      for (let reading = 0; reading < 3; reading += 1) for (const token of before) expect(await introspected(b, token)).toBe(true);
      await revoke();
      expect(await Promise.all(before.flatMap((token) => [introspected(a, token), introspected(b, token)]))).toEqual(before.flatMap(() => [false, false]));
      last = await obtained(a);
      expect([await introspected(a, last), await introspected(b, last)]).toEqual([true, true]);
      // The other one hears of it within milliseconds, and dates by a clock of its own.
      await vi.waitFor(async () => expect(await introspected(a, await obtained(b))).toBe(true), { timeout: 2000, interval: 5 });
    }
  });
});

it('/oauth/me refuses it, and says that it is no good (RFC 6750 §3.1)', async () => {
  const { a, b, app } = instances;
  const { access_token } = (await new OAuthCaller(a).token({ grant_type: 'client_credentials', ...credentialsOf(app) })).body;
  const me = () => fetch(`${b.issuer}/oauth/me`, { headers: { authorization: `Bearer ${access_token}` } });
  expect((await me()).status).toBe(200);
  await a.container.resolve(RevokeClientTokens).execute({ actor: 'operator', clientId: app.id });
  const refused = await me();
  expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, expect.stringContaining('error="invalid_token"')]);
});
