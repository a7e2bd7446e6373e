import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { AddResourceServerSecret } from '../../src/application/resources/add-resource-server-secret.js';
import { RegisterResourceServer } from '../../src/application/resources/register-resource-server.js';
import { RemoveResourceServerSecret } from '../../src/application/resources/remove-resource-server-secret.js';
import { basic, OAuthCaller, type TokenBody } from '../support/oauth.js';
import { type TestClient, type TestServer, testServer } from '../support/test-server.js';

const invoices = 'https://invoices.example/';

let world: TestServer;
let caller: OAuthCaller;
let app: TestClient;
let server: { id: string; secret: string };
let tokens: TokenBody;

beforeAll(async () => {
  world = await testServer();
  caller = new OAuthCaller(world);
  app = await world.createClient({ name: 'Calendar', redirectUris: [caller.callback], pkce: 'optional' });
  const registered = await world.container.resolve(RegisterResourceServer).execute({ actor: 'operator', identifier: invoices, settings: { name: 'Invoices' } });
  server = { id: registered.server.id, secret: registered.secret };
});
beforeEach(async () => {
  tokens = await caller.tokens(app);
});
afterAll(() => world.close());

const introspect = (fields: Record<string, string>, headers = basic(server.id, server.secret)) =>
  caller.post<Record<string, unknown>>('/oauth/introspect', fields, headers);

describe('/oauth/introspect for a resource server (RFC 7662)', () => {
  it('answers its own credentials, in the header or in the body, with all that a verifier needs', async () => {
    const expected = {
      active: true,
      scope: 'default email',
      client_id: app.id,
      username: 'ada',
      token_type: 'Bearer',
      exp: expect.any(Number),
      iat: expect.any(Number),
      auth_time: expect.any(Number),
      sub: world.person?.id,
      iss: world.issuer,
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      grant_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    };
    expect(await introspect({ token: tokens.access_token })).toMatchObject({ status: 200, body: expected });
    const inBody = { token: tokens.access_token, client_id: server.id, client_secret: server.secret };
    expect((await introspect(inBody, {})).body).toEqual(expected);
  });

  it('says why a token is not active, and by whose doing', async () => {
    await caller.post('/oauth/revoke', { token: tokens.access_token, client_id: app.id, client_secret: app.secret });
    expect((await introspect({ token: tokens.access_token })).body).toEqual({ active: false, reason: 'revoked', cause: 'revoked_by_client' });
    expect((await introspect({ token: 'nonsense' })).body).toEqual({ active: false, reason: 'malformed' });
    const other = await caller.tokens(app);
    world.clock.pass(3600);
    expect((await introspect({ token: other.access_token })).body).toEqual({ active: false, reason: 'expired' });
  });

  it('names the scopes that a token lacks of those it is needed for', async () => {
    expect((await introspect({ token: tokens.access_token, scope: 'email' })).body).toMatchObject({ active: true });
    const lacking = await introspect({ token: tokens.access_token, scope: 'email invoices:read invoices:write' });
    expect(lacking.body).toEqual({ active: false, reason: 'insufficient_scope', missing: 'invoices:read invoices:write' });
  });

  it('does not take a token for another resource, and takes its own with or without a trailing slash (RFC 8707 §2)', async () => {
    const forOther = await caller.tokens(app, { resource: 'https://other.example/' });
    expect((await introspect({ token: forOther.access_token })).body).toEqual({ active: false, reason: 'wrong_audience' });
    const own = await caller.tokens(app, { resource: 'https://invoices.example' });
    expect((await introspect({ token: own.access_token })).body).toMatchObject({ active: true, aud: 'https://invoices.example' });
  });

  it('learns nothing of refresh tokens', async () => {
    expect((await introspect({ token: tokens.refresh_token })).body).toEqual({ active: false, reason: 'malformed' });
  });

  it.each([
    ['a wrong secret', () => basic(server.id, app.secret)],
    ['no secret', () => basic(server.id, '')],
    ['an id that nobody has', () => basic('rs_0123456789abcdef0123456789abcdef', server.secret)],
    ["another's id", () => basic(app.id, server.secret)],
  ])('refuses %s', async (_, headers) => {
    expect(await introspect({ token: tokens.access_token }, headers())).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });

  it('takes any of its secrets until that one is removed or expires', async () => {
    const add = (expiresAt: Date | null) => world.container.resolve(AddResourceServerSecret).execute({ actor: 'operator', id: server.id, expiresAt });
    const [removed, expiring] = [await add(null), await add(new Date(world.clock.now().getTime() + 1000))];
    const status = async ({ plain }: { plain: string }) => (await introspect({ token: tokens.access_token }, basic(server.id, plain))).status;
    expect([await status(removed), await status(expiring)]).toEqual([200, 200]);
    await world.container.resolve(RemoveResourceServerSecret).execute({ actor: 'operator', id: server.id, secretId: removed.secret.id });
    world.clock.pass(1);
    expect([await status(removed), await status(expiring)]).toEqual([401, 401]);
  });

  it('follows what is revoked, and is told why', async () => {
    const feed = async (query = '') => {
      const response = await caller.send(`${world.issuer}/oauth/revocations${query}`, { headers: basic(server.id, server.secret) });
      return (await response.json()) as { entries: Record<string, unknown>[]; cursor: string };
    };
    const { cursor } = await feed();
    await caller.post('/oauth/revoke', { token: tokens.access_token, client_id: app.id, client_secret: app.secret });
    const { entries } = await feed(`?wait=10&cursor=${encodeURIComponent(cursor)}`);
    expect(entries).toEqual([expect.objectContaining({ jti: expect.stringMatching(/^[0-9a-f-]{36}$/), reason: 'revoked_by_client' })]);
  });

  it('is no client: its credentials are refused everywhere else (RFC 6749 §3.2.1)', async () => {
    const credentials = { client_id: server.id, client_secret: server.secret };
    expect((await caller.token({ grant_type: 'client_credentials', ...credentials })).status).toBe(401);
    expect((await caller.post('/oauth/revoke', { token: tokens.access_token, ...credentials })).status).toBe(401);
  });
});

describe('a scope that a resource server owns', () => {
  it('may be given to a client, is asked about in its sentence, and is of no use at another resource (RFC 8707 §2.2)', async () => {
    const scopes = [{ name: 'bills:read', sentence: 'See your bills' }];
    const bills = 'https://bills.example';
    await world.container.resolve(RegisterResourceServer).execute({ actor: 'operator', identifier: bills, settings: { name: 'Bills', scopes } });
    const reader = await world.createClient({ redirectUris: [caller.callback], pkce: 'optional', scopes: ['default', 'bills:read'] });
    const browser = caller.browser();
    const asked = { scope: 'default bills:read' };
    const granted = await caller.tokens(reader, asked);
    expect(granted.scope).toBe('default bills:read');
    const page = await browser.signIn(caller.authorizationUrl(reader, { ...asked, prompt: 'consent', code_challenge: null }));
    expect(page.text).toContain('See your bills');
    const refresh = { grant_type: 'refresh_token', refresh_token: granted.refresh_token, client_id: reader.id, client_secret: reader.secret };
    const elsewhere = await caller.token({ ...refresh, resource: invoices });
    expect(elsewhere.body.scope).toBe('default');
    expect((await introspect({ token: elsewhere.body.access_token })).body).toMatchObject({ active: true, scope: 'default', aud: invoices });
  });

  it('is refused before anybody is asked, where the request names another resource for it alone, and says if that is not registered', async () => {
    const scopes = [{ name: 'mail:read', sentence: 'See your mail' }];
    const mail = 'https://mail.example/mcp';
    await world.container.resolve(RegisterResourceServer).execute({ actor: 'operator', identifier: mail, settings: { name: 'Mail', scopes } });
    const reader = await world.createClient({ redirectUris: [caller.callback], pkce: 'optional', scopes: ['default', 'mail:read'] });
    const answered = async (resource: string, scope = 'mail:read') => {
      const { url } = await caller.browser().open(caller.authorizationUrl(reader, { scope, resource }));
      return [url.searchParams.get('error'), url.searchParams.get('error_description')];
    };
    const why = 'none of the scopes is of the resource that was asked for';
    expect(await answered('https://mial.example/mcp')).toEqual(['invalid_scope', `${why}: no resource server is registered here as https://mial.example/mcp`]);
    expect(await answered(invoices)).toEqual(['invalid_scope', why]);
    for (const [resource, scope] of [
      [`${mail}/`, 'mail:read'],
      [invoices, 'default mail:read'],
    ] as const)
      expect(await answered(resource, scope)).toEqual([null, null]);
  });

  it('makes a token that has no other scope one for that resource server (RFC 9068 §3)', async () => {
    const scopes = [{ name: 'stock:read', sentence: 'See what is in stock' }];
    await world.container
      .resolve(RegisterResourceServer)
      .execute({ actor: 'operator', identifier: 'https://stock.example', settings: { name: 'Stock', scopes } });
    const machine = await world.createClient({ scopes: ['default', 'stock:read'] });
    const tokenFor = async (scope: string) =>
      (await caller.token({ grant_type: 'client_credentials', scope }, basic(machine.id, machine.secret))).body.access_token;
    expect((await introspect({ token: await tokenFor('stock:read') })).body).toEqual({ active: false, reason: 'wrong_audience' });
    expect((await introspect({ token: await tokenFor('default stock:read') })).body).toMatchObject({ active: true });
  });
});

describe('a token that names no resource', () => {
  const scope = (name: string) => ({ name, sentence: `Do ${name}` });
  const register = async (identifier: string, scopes: string[]) =>
    world.container.resolve(RegisterResourceServer).execute({ actor: 'operator', identifier, settings: { name: identifier, scopes: scopes.map(scope) } });

  it('shows a resource server the scopes that are its own or nobody’s, and none of those that belong to others', async () => {
    const [one, other, third] = [
      await register('https://one.example', ['one:read', 'one:write']),
      await register('https://two.example', ['two:read']),
      await register('https://three.example', []),
    ];
    const machine = await world.createClient({ scopes: ['default', 'one:read', 'two:read'] });
    const tokenFor = async (asked: string) =>
      (await caller.token({ grant_type: 'client_credentials', scope: asked }, basic(machine.id, machine.secret))).body.access_token;
    const seenBy = async ({ server: { id }, secret }: typeof one, token: string, needed = '') =>
      (await introspect({ token, ...(needed && { scope: needed }) }, basic(id, secret))).body;
    const token = await tokenFor('default one:read two:read');
    expect([(await seenBy(one, token)).scope, (await seenBy(other, token)).scope, (await seenBy(third, token)).scope]).toEqual([
      'default one:read',
      'default two:read',
      'default',
    ]);
    expect(await seenBy(one, token, 'two:read')).toEqual({ active: false, reason: 'insufficient_scope', missing: 'two:read' });
    // Nothing of it means anything there.
    expect(await seenBy(third, await tokenFor('one:read two:read'))).toEqual({ active: false, reason: 'wrong_audience' });
  });
});

describe('who asks', () => {
  it('is known without asking the store each time, and not a moment longer than its secret is there', async () => {
    const { server: known, secret } = await world.container
      .resolve(RegisterResourceServer)
      .execute({ actor: 'operator', identifier: 'https://busy.example', settings: { name: 'Busy' } });
    const ask = async () => (await introspect({ token: 'x' }, basic(known.id, secret))).status;
    expect(await ask()).toBe(200);
    const [one, all] = [vi.spyOn(world.storage.resourceServers, 'find'), vi.spyOn(world.storage.resourceServers, 'all')];
    for (let asked = 0; asked < 20; asked += 1) expect(await ask()).toBe(200);
    expect(one).not.toHaveBeenCalled();
    // What was read counts for a second, and until the notice of its registration arrives.
    expect(all.mock.calls.length).toBeLessThan(10);
    vi.restoreAllMocks();
    // Another instance: this one hears of it.
    await world.storage.resourceServers.removeSecret(known.id, known.secrets[0]?.id ?? '');
    await vi.waitFor(async () => expect(await ask()).toBe(401), { timeout: 1000, interval: 5 });
  });
});
