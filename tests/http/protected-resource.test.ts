import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mintToken } from '../../src/domain/tokens/opaque-token.js';
import { basic, credentialsOf, OAuthCaller, type TokenBody } from '../support/oauth.js';
import { type TestClient, type TestServer, testServer } from '../support/test-server.js';

let world: TestServer;
let caller: OAuthCaller;
let app: TestClient;
let spa: TestClient;
let api: TestClient;
let tokens: TokenBody;

beforeAll(async () => {
  world = await testServer();
  caller = new OAuthCaller(world);
  app = await world.createClient({ name: 'Some app', redirectUris: [caller.callback] });
  spa = await world.createClient({ type: 'public', redirectUris: [caller.callback] });
  api = await world.createClient({ name: 'An API', redirectUris: [] });
});
afterAll(() => world.close());

beforeEach(async () => {
  tokens = await caller.tokens(app);
});

const get = (headers: Record<string, string>, query = '') => caller.send(`${world.issuer}/oauth/me${query}`, { headers });
const machineToken = async () => (await caller.token({ grant_type: 'client_credentials', ...credentialsOf(api) })).body.access_token;

describe('/oauth/me', () => {
  it('says for whom the token acts', async () => {
    const { status, headers, body } = await caller.me(tokens.access_token);
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toEqual({ sub: world.person?.id, username: 'ada', email: 'ada@example.com', client_id: app.id, scope: 'default email' });
  });

  it('keeps the e-mail address to itself where the scope does not include it', async () => {
    const { access_token } = await caller.tokens(app, { scope: 'default' });
    expect((await caller.me(access_token)).body).toEqual({ sub: world.person?.id, username: 'ada', client_id: app.id, scope: 'default' });
  });

  it('tells the user name as a claim of OpenID Connect where the scope includes the profile (OpenID Connect Core §5.1, §5.4)', async () => {
    const { access_token } = await caller.tokens(app, { scope: 'profile' });
    expect((await caller.me(access_token)).body).toEqual({
      sub: world.person?.id,
      username: 'ada',
      preferred_username: 'ada',
      client_id: app.id,
      scope: 'profile',
    });
  });

  it('answers POST as it answers GET, whatever the body, and takes no token out of it (OpenID Connect Core §5.3)', async () => {
    const authorization = `Bearer ${tokens.access_token}`;
    const { body } = await caller.me(tokens.access_token);
    expect(await (await caller.send(`${world.issuer}/oauth/me`, { method: 'POST', headers: { authorization } })).json()).toEqual(body);
    expect(await caller.post('/oauth/me', {}, { authorization })).toMatchObject({ status: 200, body });
    expect(await caller.post('/oauth/me', '{}', { authorization, 'content-type': 'application/json' })).toMatchObject({ status: 200, body });
    expect(await caller.post('/oauth/me', { access_token: tokens.access_token })).toMatchObject({ status: 401, body: { error: 'invalid_token' } });
  });

  it.each([
    ['the same token', () => [['access_token', tokens.access_token]]],
    ['another', () => [['access_token', 'another']]],
    [
      'it twice',
      () => [
        ['access_token', 'one'],
        ['access_token', 'two'],
      ],
    ],
  ])('refuses a token in the header with %s in the form besides (RFC 6750 §2, §3.1)', async (_, form) => {
    const answer = await caller.post('/oauth/me', form() as [string, string][], { authorization: `Bearer ${tokens.access_token}` });
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
    expect(answer.headers.get('www-authenticate')).toBe(`Bearer realm="${world.issuer}", error="invalid_request"`);
  });

  it('says which client acts for itself', async () => {
    expect((await caller.me(await machineToken())).body).toEqual({ sub: api.id, client_id: api.id, client_name: 'An API', scope: 'default' });
  });

  it.each(['Bearer', 'bearer', 'BEARER', 'Bearer  '])('knows the scheme as %j (RFC 9110 §11.1)', async (scheme) => {
    expect((await get({ authorization: `${scheme} ${tokens.access_token}` })).status).toBe(200);
  });

  it('asks for a token, without an error code, where none was sent, and names what was asked (RFC 6750 §3, §3.1)', async () => {
    const response = await get({});
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe(`Bearer realm="${world.issuer}"`);
    expect(await response.json()).toMatchObject({ error: 'invalid_token' });
  });

  it.each([
    ['nonsense', () => 'nonsense', 'not one of this server'],
    ['a token that nobody issued', () => mintToken('at', new Date()).token, 'not one of this server'],
    ['a refresh token', () => tokens.refresh_token, 'not one of this server'],
    ['a code', () => mintToken('ac', new Date()).token, 'not one of this server'],
    ['a session', () => mintToken('se', new Date()).token, 'not one of this server'],
    ['a client secret', () => app.secret, 'not one of this server'],
    ['a token that was cut', () => tokens.access_token.slice(0, -1), 'not one of this server'],
  ])('refuses %s with invalid_token (RFC 6750 §3.1)', async (_, token, why) => {
    const response = await get({ authorization: `Bearer ${token()}` });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(
      /^Bearer realm="http:\/\/localhost:3000", error="invalid_token", error_description="[\x20-\x21\x23-\x5b\x5d-\x7e]+"$/,
    );
    expect(await response.json()).toMatchObject({ error: 'invalid_token', error_description: expect.stringContaining(why) });
  });

  it('tells a token that expired and one that was revoked apart, so that a client knows what to do', async () => {
    await caller.post('/oauth/revoke', { token: tokens.access_token, ...credentialsOf(app) });
    expect(await caller.me(tokens.access_token)).toMatchObject({
      status: 401,
      body: { error: 'invalid_token', error_description: 'the access token has been revoked' },
    });
    const other = await machineToken();
    world.clock.pass(3600);
    expect(await caller.me(other)).toMatchObject({ status: 401, body: { error: 'invalid_token', error_description: 'the access token has expired' } });
  });

  it('refuses Basic, a cookie and a form: the header is the only place for a token (RFC 6750 §2.1)', async () => {
    for (const headers of [basic(app.id, app.secret), { cookie: `access_token=${tokens.access_token}` }]) {
      const response = await get(headers);
      expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, `Bearer realm="${world.issuer}"`]);
    }
  });

  it('refuses a token in the address, even a good one or none, and however often (RFC 9700 §4.3.2, RFC 6750 §3)', async () => {
    const query = `?access_token=${tokens.access_token}`;
    for (const address of [query, `${query}&access_token=another`, '?access_token=', '?access_token'])
      for (const headers of [{}, { authorization: `Bearer ${tokens.access_token}` }]) {
        const response = await get(headers as Record<string, string>, address);
        expect(response.status).toBe(400);
        expect(response.headers.get('www-authenticate')).toBe(`Bearer realm="${world.issuer}", error="invalid_request"`);
        expect(await response.json()).toMatchObject({ error: 'invalid_request' });
      }
  });
});

describe('/oauth/revoke (RFC 7009)', () => {
  const revoke = (fields: Record<string, string>, headers?: Record<string, string>) => caller.post<Record<string, string>>('/oauth/revoke', fields, headers);

  it('answers an empty JSON object, because some clients parse it', async () => {
    const { status, headers, body } = await revoke({ token: tokens.access_token, ...credentialsOf(app) });
    expect([status, body]).toEqual([200, {}]);
    expect(headers.get('content-type')).toMatch(/^application\/json/);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('ends an access token, or by the refresh token the whole grant (§2.1)', async () => {
    await revoke({ token: tokens.access_token, ...credentialsOf(app) });
    expect(await caller.me(tokens.access_token)).toMatchObject({ status: 401 });
    const other = await caller.tokens(app);
    await revoke({ token: other.refresh_token }, basic(app.id, app.secret));
    expect(await caller.me(other.access_token)).toMatchObject({ status: 401 });
    expect(await caller.token({ grant_type: 'refresh_token', refresh_token: other.refresh_token, ...credentialsOf(app) })).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
  });

  it('lets a public client end its own (§2.1)', async () => {
    const own = await caller.tokens(spa);
    expect(await revoke({ token: own.refresh_token, client_id: spa.id })).toMatchObject({ status: 200 });
    expect(await caller.me(own.access_token)).toMatchObject({ status: 401 });
  });

  it.each(['access_token', 'refresh_token', 'something', ''])('is not led astray by token_type_hint=%s (§2.1)', async (token_type_hint) => {
    for (const token of [tokens.access_token, tokens.refresh_token])
      expect(await revoke({ token, token_type_hint, ...credentialsOf(app) })).toMatchObject({ status: 200 });
    expect(await caller.me(tokens.access_token)).toMatchObject({ status: 401 });
  });

  it.each([
    ['nonsense', () => 'nonsense'],
    ['a token that nobody issued', () => mintToken('at', new Date()).token],
    ['a code', () => mintToken('ac', new Date()).token],
    ['a client secret', () => app.secret],
  ])('is content with %s (§2.2)', async (_, token) => {
    expect(await revoke({ token: token(), ...credentialsOf(app) })).toMatchObject({ status: 200, body: {} });
  });

  it.each([
    ['no token (§2.1)', () => credentialsOf(app), 400, 'invalid_request'],
    ['no client', () => ({ token: tokens.access_token }), 401, 'invalid_client'],
    ['a wrong secret', () => ({ token: tokens.access_token, client_id: app.id, client_secret: 'wrong' }), 401, 'invalid_client'],
    ['a confidential client without its secret', () => ({ token: tokens.access_token, client_id: app.id }), 401, 'invalid_client'],
    ['the token of another client (§2.1)', () => ({ token: tokens.access_token, ...credentialsOf(api) }), 400, 'invalid_grant'],
    ['the token of another client, by a public one (§2.1)', () => ({ token: tokens.access_token, client_id: spa.id }), 400, 'invalid_grant'],
  ] as const)('refuses %s, and ends nothing', async (_, fields, status, error) => {
    const answer = await revoke(fields() as Record<string, string>);
    expect(answer).toMatchObject({ status, body: { error } });
    expect(answer.headers.has('www-authenticate')).toBe(status === 401);
    expect(await caller.me(tokens.access_token)).toMatchObject({ status: 200 });
  });
});

describe('/oauth/introspect (RFC 7662)', () => {
  const introspect = (fields: Record<string, string>, headers = basic(api.id, api.secret)) =>
    caller.post<Record<string, unknown>>('/oauth/introspect', fields, headers);
  const issuedAt = () => Math.floor(world.clock.now().getTime() / 1000);

  it('tells a resource all about an access token (§2.2)', async () => {
    const { status, headers, body } = await introspect({ token: tokens.access_token });
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toEqual({
      active: true,
      scope: 'default email',
      client_id: app.id,
      username: 'ada',
      token_type: 'Bearer',
      exp: issuedAt() + 3600,
      iat: issuedAt(),
      auth_time: issuedAt(),
      sub: world.person?.id,
      iss: world.issuer,
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      grant_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('tells that a client acts for itself: no username, and the client as sub (RFC 9068 §2.2)', async () => {
    expect((await introspect({ token: await machineToken() })).body).toEqual(expect.objectContaining({ active: true, sub: api.id, client_id: api.id }));
    expect((await introspect({ token: await machineToken() })).body).not.toHaveProperty('username');
  });

  it('tells a client about its own refresh token, and nobody else', async () => {
    expect((await introspect({ token: tokens.refresh_token }, basic(app.id, app.secret))).body).toMatchObject({
      active: true,
      token_type: 'refresh_token',
      client_id: app.id,
    });
    expect((await introspect({ token: tokens.refresh_token })).body).toEqual({ active: false });
  });

  it('tells of several resources as a list (RFC 7519 §4.1.3)', async () => {
    const form: [string, string][] = [
      ...Object.entries({ grant_type: 'client_credentials', ...credentialsOf(api) }),
      ['resource', 'https://a.example/'],
      ['resource', 'https://b.example/'],
    ];
    const { access_token } = (await caller.token(form)).body;
    expect((await introspect({ token: access_token })).body.aud).toEqual(['https://a.example/', 'https://b.example/']);
  });

  it.each([
    ['nonsense', () => 'nonsense'],
    ['a token that nobody issued', () => mintToken('at', new Date()).token],
    ['a client secret', () => app.secret],
    ['a code', () => mintToken('ac', new Date()).token],
  ])('says of %s nothing but that it is not active (§2.2)', async (_, token) => {
    expect(await introspect({ token: token() })).toMatchObject({ status: 200, body: { active: false } });
    expect(Object.keys((await introspect({ token: token() })).body)).toEqual(['active']);
  });

  it('says so of a token from the moment it ends', async () => {
    await caller.post('/oauth/revoke', { token: tokens.refresh_token, ...credentialsOf(app) });
    expect((await introspect({ token: tokens.access_token })).body).toEqual({ active: false });
  });

  it.each([
    ['no token (§2.1)', () => ({}), () => basic(api.id, api.secret), 400, 'invalid_request'],
    [
      'a scope with a character that is not allowed',
      () => ({ token: tokens.access_token, scope: 'a"b' }),
      () => basic(api.id, api.secret),
      400,
      'invalid_scope',
    ],
    ['nobody (§2.1: "MUST also require some form of authorization")', () => ({ token: tokens.access_token }), () => ({}), 401, 'invalid_client'],
    ['a public client: a name is no authorization', () => ({ token: tokens.access_token, client_id: spa.id }), () => ({}), 401, 'invalid_client'],
    ['a wrong secret', () => ({ token: tokens.access_token }), () => basic(api.id, 'wrong'), 401, 'invalid_client'],
    [
      'a Bearer token in place of a client',
      () => ({ token: tokens.access_token }),
      () => ({ authorization: `Bearer ${tokens.access_token}` }),
      401,
      'invalid_client',
    ],
  ] as const)('refuses %s', async (_, fields, headers, status, error) => {
    expect(await introspect(fields() as Record<string, string>, headers() as Record<string, string>)).toMatchObject({ status, body: { error } });
  });
});
