import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OAuthCaller } from '../support/oauth.js';
import { pkce } from '../support/pkce.js';
import { type TestServer, testServer } from '../support/test-server.js';

const { challenge } = pkce();
const s256 = { code_challenge: challenge, code_challenge_method: 'S256' };
const metadata = { client_name: 'Some tool', redirect_uris: ['http://127.0.0.1:49152/callback'], grant_types: ['authorization_code', 'refresh_token'] };
const at = { redirect_uri: 'http://127.0.0.1:49152/callback' };

describe('A client that registers itself (RFC 7591)', () => {
  let world: TestServer;
  let caller: OAuthCaller;

  const start = async (env: Record<string, string> = {}) => {
    world = await testServer({ env });
    caller = new OAuthCaller(world);
  };
  beforeEach(() => start());
  afterEach(() => world.close());

  const post = (payload: string | object, type = 'application/json') =>
    world.server.inject({ method: 'POST', url: '/oauth/register', headers: { 'content-type': type }, payload });
  const register = async (changes: object = {}) => {
    const answer = await post({ ...metadata, ...changes });
    return { status: answer.statusCode, headers: answer.headers, body: answer.json() };
  };
  const registered = async (changes: object = {}) => ({ id: (await register(changes)).body.client_id as string, secret: '' });
  const authorize = (app: { id: string }, parameters: Record<string, string> = {}) =>
    caller.browser().open(caller.authorizationUrl(app, { ...s256, ...at, ...parameters }));

  it('is told what it is registered as, and no secret', async () => {
    const { status, headers, body } = await register({
      token_endpoint_auth_method: 'client_secret_basic',
      scope: 'email admin nonsense',
      logo_uri: 'https://x.example',
    });
    expect([status, headers['cache-control']]).toEqual([201, 'no-store']);
    expect(body).toEqual({
      client_id: expect.stringMatching(/^self_/),
      ...metadata,
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      scope: 'email',
    });
  });

  it('connects, and refreshes, at whatever port it listens this time', async () => {
    const app = await registered();
    const tokens = await caller.tokens(app, { redirect_uri: 'http://127.0.0.1:50000/callback' });
    expect((await caller.me(tokens.access_token)).body.sub).toBe(world.person?.id);
    expect((await caller.token({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token, client_id: app.id })).status).toBe(200);
  });

  it('is stored when somebody allows it, not before, and once, however often it registers', async () => {
    const ids = await Promise.all(Array.from({ length: 42 }, (_, port) => registered({ redirect_uris: [`http://127.0.0.1:${50_000 + port}/callback`] })));
    const [app] = ids as [{ id: string; secret: string }];
    expect(new Set(ids.map(({ id }) => id))).toEqual(new Set([app.id]));
    await authorize(app);
    expect(await world.storage.clients.find(app.id)).toBeNull();
    await caller.tokens(app, at);
    await caller.tokens(await registered(), { ...at, prompt: 'consent' });
    expect(await world.storage.clients.find(app.id)).toMatchObject({ name: 'Some tool', type: 'public', ownerId: null, version: 1 });
    const told = world.audit.map((line) => JSON.parse(line)).filter(({ action }) => action === 'client.describe');
    expect(told).toEqual([expect.objectContaining({ client_id: app.id, outcome: 'done', reason: 'added' })]);
  });

  it('may ask for every scope but those of this server’s own API', async () => {
    const app = await registered();
    const granted = await caller.tokens(app, { ...at, scope: 'profile email' });
    expect(granted.scope).toBe('profile email');
    const refused = await authorize(app, { scope: 'admin' });
    expect(refused.url.searchParams.get('error')).toBe('invalid_scope');
  });

  it('must use PKCE', async () => {
    const page = await caller.browser().open(caller.authorizationUrl(await registered(), at));
    expect(page.url.searchParams.get('error')).toBe('invalid_request');
  });

  it('is shown to people as what nobody vouches for', async () => {
    const app = await registered({ client_name: 'Your bank' });
    const page = await caller.browser().signIn(caller.authorizationUrl(app, { ...s256, ...at }));
    expect(page.text).toMatch(/Your bank.*registered itself; nobody here has checked it.*its name cannot be checked/s);
    const elsewhere = await registered({ redirect_uris: ['https://claude.ai/api/mcp/auth_callback'] });
    const there = await caller.browser().signIn(caller.authorizationUrl(elsewhere, { ...s256, redirect_uri: 'https://claude.ai/api/mcp/auth_callback' }));
    expect(there.text).toMatch(/Nobody who looks after this server knows this app/);
  });

  it('stays disabled, however often it registers', async () => {
    const app = await registered();
    await caller.tokens(app, at);
    await world.storage.clients.setDisabled(app.id, { at: world.clock.now(), by: 'house' });
    const page = await authorize(await registered());
    expect([page.status, page.text]).toEqual([400, expect.stringContaining('disabled')]);
  });

  it('is nobody at the token endpoint before it was allowed', async () => {
    const { status, body } = await caller.token({ grant_type: 'refresh_token', refresh_token: 'kw_rt_x', client_id: (await registered()).id });
    expect([status, body.error]).toEqual([401, 'invalid_client']);
  });

  it.each<[string, string | object, string, string]>([
    ['names nowhere to go', { client_name: 'x' }, 'application/json', 'invalid_redirect_uri'],
    ['would send people where none may', { redirect_uris: ['https://evil.example/'] }, 'application/json', 'invalid_redirect_uri'],
    ['acts for itself', { ...metadata, grant_types: ['client_credentials'] }, 'application/json', 'invalid_client_metadata'],
    ['sends no JSON', '{', 'application/json', 'invalid_client_metadata'],
    ['sends nothing', '', 'application/json', 'invalid_client_metadata'],
    ['sends a list', '[]', 'application/json', 'invalid_client_metadata'],
    ['sends null', 'null', 'application/json', 'invalid_client_metadata'],
    ['sends a form', 'client_name=x', 'application/x-www-form-urlencoded', 'invalid_client_metadata'],
    ['sends a prototype', '{"__proto__":{"redirect_uris":["http://localhost/"]}}', 'application/json', 'invalid_redirect_uri'],
  ])('is refused where it %s (RFC 7591 §3.2.2)', async (_, payload, type, error) => {
    const answer = await post(payload, type);
    expect([answer.statusCode, answer.headers['cache-control'], answer.json().error]).toEqual([400, 'no-store', error]);
    expect(answer.json().error_description).toMatch(/\w/);
  });

  it('is refused where it sends more than anybody has to say', async () => {
    expect((await post({ ...metadata, contacts: ['x'.repeat(20_000)] })).statusCode).toBe(413);
  });

  it('may be a page of another origin, such as the MCP Inspector', async () => {
    const headers = { origin: 'http://localhost:6274', 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' };
    const preflight = await world.server.inject({ method: 'OPTIONS', url: '/oauth/register', headers });
    expect([preflight.statusCode, preflight.headers['access-control-allow-origin']]).toEqual([204, '*']);
    const sent = { method: 'POST', url: '/oauth/register', headers: { origin: headers.origin }, payload: metadata } as const;
    expect((await world.server.inject(sent)).headers['access-control-allow-origin']).toBe('*');
  });

  describe('where CLIENT_REGISTRATION', () => {
    it('is none, finds no endpoint, in the metadata neither, and does not connect', async () => {
      const app = await registered();
      await world.close();
      await start({ CLIENT_REGISTRATION: 'none' });
      expect((await register()).status).toBe(404);
      const answer = await world.server.inject('/.well-known/oauth-authorization-server');
      expect(answer.json()).not.toHaveProperty('registration_endpoint');
      const page = await authorize(app);
      expect([page.status, page.text]).toEqual([400, expect.stringMatching(/This app is not let in here.*127\.0\.0\.1/s)]);
      expect(world.log.join('')).toContain('CLIENT_REGISTRATION does not name where http://127.0.0.1/callback lead');
    });

    it('names it, is in the metadata', async () => {
      const answer = await world.server.inject('/.well-known/oauth-authorization-server');
      expect(answer.json().registration_endpoint).toBe(`${world.issuer}/oauth/register`);
    });
  });

  it.each([
    'self_',
    'self_e30',
    `self_${'A'.repeat(600)}`,
    `self_${Buffer.from('{"client_name":"x","redirect_uris":["https://evil.example/"]}').toString('base64url')}`,
  ])('is not made up as %s', async (id) => {
    const page = await authorize({ id }, { redirect_uri: 'https://evil.example/' });
    expect(page.status).toBe(400);
  });

  it('is the same client whatever CLIENT_REGISTRATION says, and is told only of the addresses that it may use', async () => {
    const changes = { redirect_uris: ['http://127.0.0.1/callback', 'https://app.example/callback'] };
    const { body: narrow } = await register(changes);
    expect(narrow.redirect_uris).toEqual(['http://127.0.0.1/callback']);
    await world.close();
    await start({ CLIENT_REGISTRATION: 'any' });
    const { body: wide } = await register(changes);
    expect(wide).toEqual({ ...narrow, redirect_uris: changes.redirect_uris });
  });

  it.each([
    ['https://evil.example/x', /evil\.example.*CLIENT_REGISTRATION/],
    ['https://VSCODE.dev/redirect', /^redirect_uris: https:\/\/VSCODE\.dev\/redirect is not an address in its normal form$/],
    [`https://evil.example/${'x'.repeat(600)}`, /CLIENT_REGISTRATION/],
  ])('is told, where it is refused for %s, what would have to change', async (redirectUri, why) => {
    const { body } = await register({ redirect_uris: [redirectUri] });
    expect([body.error, body.error_description]).toEqual(['invalid_redirect_uri', expect.stringMatching(why)]);
  });
});
