import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SetClientDisabled } from '../../src/application/clients/set-client-disabled.js';
import { basic, credentialsOf, OAuthCaller } from '../support/oauth.js';
import { type TestClient, type TestServer, testServer } from '../support/test-server.js';

let world: TestServer;
let caller: OAuthCaller;
let machine: TestClient;
let other: TestClient;
let app: TestClient;
let zapier: TestClient;

const clientCredentials = { grant_type: 'client_credentials' };

beforeAll(async () => {
  world = await testServer();
  caller = new OAuthCaller(world);
  const redirectUris = [caller.callback];
  machine = await world.createClient({ redirectUris: [] });
  other = await world.createClient({ redirectUris: [] });
  app = await world.createClient({ redirectUris, type: 'public' });
  zapier = await world.createClient({ redirectUris, pkce: 'optional' });
});
afterAll(() => world.close());

/** Writes `-` as `%2D` too, as `openid-client` does, though no encoding asks for it. */
const strictly = (text: string) => encodeURIComponent(text).replaceAll('-', '%2D').replaceAll('_', '%5F');
const raw = (text: string) => text;

describe('A confidential client is known', () => {
  it.each([
    ['by Basic, form-encoded (RFC 6749 §2.3.1)', () => basic(machine.id, machine.secret), {}],
    ['by Basic, form-encoded so strictly that - becomes %2D', () => basic(machine.id, machine.secret, strictly), {}],
    ['by Basic, raw', () => basic(machine.id, machine.secret, raw), {}],
    ['by Basic, without padding', () => ({ authorization: basic(machine.id, machine.secret).authorization?.replace(/=+$/, '') ?? '' }), {}],
    [
      'by Basic in another spelling (RFC 7617 §2)',
      () => ({ authorization: basic(machine.id, machine.secret).authorization?.replace('Basic ', 'bAsIc   ') ?? '' }),
      {},
    ],
    ['by the body (RFC 6749 §2.3.1)', () => ({}), () => credentialsOf(machine)],
    ['by both at once where they agree', () => basic(machine.id, machine.secret), () => credentialsOf(machine)],
    ['by both at once where they agree, one of them encoded', () => basic(machine.id, machine.secret, strictly), () => credentialsOf(machine)],
    ['by Basic with its client_id in the body', () => basic(machine.id, machine.secret), () => ({ client_id: machine.id })],
    [
      'by Basic with an empty client_secret in the body, which counts as none (RFC 6749 §3.2)',
      () => basic(machine.id, machine.secret),
      () => ({ client_secret: '' }),
    ],
  ] as const)('%s', async (_, headers, body) => {
    const answer = await caller.token({ ...clientCredentials, ...(typeof body === 'function' ? body() : body) }, headers());
    expect(answer).toMatchObject({ status: 200, body: { token_type: 'Bearer' } });
  });
});

describe('A client is refused with 401, invalid_client and a challenge (RFC 6749 §5.2)', () => {
  const mistyped = (secret: string) => `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`;

  it.each([
    ['a wrong secret by Basic', () => basic(machine.id, 'wrong'), () => ({})],
    ['a wrong secret in the body', () => ({}), () => ({ client_id: machine.id, client_secret: 'wrong' })],
    ['a mistyped secret in the body', () => ({}), () => ({ client_id: machine.id, client_secret: mistyped(machine.secret) })],
    ['the secret of another client', () => basic(machine.id, other.secret), () => ({})],
    ['a client that nobody registered', () => basic('nobody', machine.secret), () => ({})],
    ['no credentials at all', () => ({}), () => ({})],
    ['a client_secret without a client_id', () => ({}), () => ({ client_secret: machine.secret })],
    ['a confidential client without its secret', () => ({}), () => ({ client_id: machine.id })],
    ['a confidential client with an empty secret by Basic', () => basic(machine.id, ''), () => ({})],
    ['a confidential client with an empty secret in the body', () => ({}), () => ({ client_id: machine.id, client_secret: '' })],
    ['a public client with a secret', () => ({}), () => ({ client_id: app.id, client_secret: machine.secret })],
    ['Basic without a colon', () => ({ authorization: `Basic ${Buffer.from(machine.id).toString('base64')}` }), () => ({})],
    ['Basic without an id', () => basic('', machine.secret), () => ({})],
    ['Basic that is no base64', () => ({ authorization: 'Basic !!!!' }), () => ({})],
    ['Basic with nothing', () => ({ authorization: 'Basic' }), () => ({})],
    ['Basic with a NUL byte', () => basic(machine.id, `${machine.secret}\0`, raw), () => ({})],
    ['Basic with %00', () => basic(machine.id, `${machine.secret}%00`, raw), () => ({})],
    ['Basic that is not UTF-8', () => ({ authorization: `Basic ${Buffer.from([0xff, 0x3a, 0xfe]).toString('base64')}` }), () => ({})],
    ['Bearer in place of credentials', () => ({ authorization: `Bearer ${machine.secret}` }), () => ({})],
    ['letters that are not ASCII', () => ({}), () => ({ client_id: 'ünïcödé', client_secret: machine.secret })],
    ['__proto__ for a client', () => ({}), () => ({ client_id: '__proto__' })],
  ] as const)('%s', async (_, headers, body) => {
    const answer = await caller.token({ ...clientCredentials, ...body() } as Record<string, string>, headers() as Record<string, string>);
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client', error_description: expect.any(String) } });
    expect(answer.headers.get('www-authenticate')).toMatch(/^Basic realm=/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('says the same to an unknown client and to a wrong secret, so that clients cannot be counted', async () => {
    const bodies = await Promise.all(
      [basic('nobody', 'wrong'), basic(machine.id, 'wrong'), basic(app.id, 'wrong')].map(
        async (headers) => (await caller.token(clientCredentials, headers)).body,
      ),
    );
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
  });

  it('a disabled client, until it is enabled again', async () => {
    const disabled = await world.createClient({ redirectUris: [] });
    const set = (to: boolean) => world.container.resolve(SetClientDisabled).execute({ actor: 'operator', clientId: disabled.id, disabled: to });
    await set(true);
    expect(await caller.token(clientCredentials, basic(disabled.id, disabled.secret))).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    await set(false);
    expect(await caller.token(clientCredentials, basic(disabled.id, disabled.secret))).toMatchObject({ status: 200 });
  });
});

describe('Basic and body that disagree are invalid_request: "MUST NOT use more than one authentication method" (RFC 6749 §2.3)', () => {
  it.each([
    ['another client_id in the body', () => basic(machine.id, machine.secret), () => ({ client_id: other.id })],
    ['another secret in the body', () => basic(machine.id, machine.secret), () => ({ client_id: machine.id, client_secret: other.secret })],
    ['all of another client in the body', () => basic(machine.id, machine.secret), () => credentialsOf(other)],
    ['a wrong secret by Basic and the right one in the body', () => basic(machine.id, 'wrong'), () => credentialsOf(machine)],
    ['an empty secret by Basic and the right one in the body', () => basic(machine.id, ''), () => credentialsOf(machine)],
  ] as const)('%s', async (_, headers, body) => {
    expect(await caller.token({ ...clientCredentials, ...body() }, headers())).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });
});

describe('A public client', () => {
  it.each([
    ['names itself in the body', () => ({}), () => ({ client_id: app.id })],
    ['names itself by Basic with an empty password', () => basic(app.id, ''), () => ({})],
    ['names itself by both', () => basic(app.id, ''), () => ({ client_id: app.id, client_secret: '' })],
  ] as const)('%s', async (_, headers, body) => {
    const form = caller.codeForm(await caller.code(app));
    expect(await caller.token({ ...form, ...body() } as Record<string, string>, headers() as Record<string, string>)).toMatchObject({
      status: 200,
      body: { token_type: 'Bearer', refresh_token: expect.any(String) },
    });
  });

  it('may refresh without a secret (RFC 6749 §6)', async () => {
    const { refresh_token } = await caller.tokens(app);
    expect(await caller.token({ grant_type: 'refresh_token', refresh_token, client_id: app.id })).toMatchObject({ status: 200 });
  });

  it('may not use client_credentials (RFC 6749 §4.4)', async () => {
    expect(await caller.token({ ...clientCredentials, client_id: app.id })).toMatchObject({ status: 400, body: { error: 'unauthorized_client' } });
  });
});

describe('The answer to a token request (RFC 6749 §5.1)', () => {
  it.each([
    ['authorization_code', async () => caller.codeForm(await caller.code(zapier)), () => zapier],
    ['refresh_token', async () => ({ grant_type: 'refresh_token', refresh_token: (await caller.tokens(zapier)).refresh_token }), () => zapier],
    ['client_credentials', async () => clientCredentials, () => machine],
  ] as const)('has token_type, expires_in and scope, and is kept by no cache: %s', async (grantType, form, client) => {
    const { status, headers, body } = await caller.token({ ...(await form()), ...credentialsOf(client()) });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^application\/json/);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('pragma')).toBe('no-cache');
    const refreshToken = grantType === 'client_credentials' ? {} : { refresh_token: expect.stringMatching(/^kw_rt_/) };
    expect(body).toEqual({
      access_token: expect.stringMatching(/^kw_at_/),
      token_type: 'Bearer',
      expires_in: 3600,
      scope: expect.any(String),
      ...refreshToken,
    });
  });

  it('names the lifetime that the client has', async () => {
    const brief = await world.createClient({ redirectUris: [], accessTokenLifetime: 120 });
    expect(await caller.token({ ...clientCredentials, ...credentialsOf(brief) })).toMatchObject({ body: { expires_in: 120 } });
  });

  it('is the very same to a refresh that is repeated within the grace window', async () => {
    const { refresh_token } = await caller.tokens(zapier);
    const form = { grant_type: 'refresh_token', refresh_token, ...credentialsOf(zapier) };
    const first = await caller.token(form);
    expect((await caller.token(form)).body).toEqual(first.body);
    world.clock.pass(30);
    expect(await caller.token(form)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect(await caller.me(first.body.access_token)).toMatchObject({ status: 401, body: { error: 'invalid_token' } });
  });

  it('may come with a narrower scope, for that token alone (RFC 6749 §6)', async () => {
    const { refresh_token } = await caller.tokens(zapier);
    const narrow = await caller.token({ grant_type: 'refresh_token', refresh_token, scope: 'email', ...credentialsOf(zapier) });
    expect(narrow.body.scope).toBe('email');
    expect(await caller.token({ grant_type: 'refresh_token', refresh_token: narrow.body.refresh_token, ...credentialsOf(zapier) })).toMatchObject({
      body: { scope: 'default email' },
    });
  });
});

describe('A token request is refused', () => {
  const asMachine = () => credentialsOf(machine);
  const asZapier = () => credentialsOf(zapier);

  it.each([
    ['no grant_type (RFC 6749 §5.2)', () => asMachine(), 'invalid_request'],
    ['an empty grant_type, which counts as none (RFC 6749 §3.2)', () => ({ grant_type: '', ...asMachine() }), 'invalid_request'],
    ['a grant_type that nobody knows', () => ({ grant_type: 'magic', ...asMachine() }), 'unsupported_grant_type'],
    [
      'the password grant: "MUST NOT be used" (RFC 9700 §2.4)',
      () => ({ grant_type: 'password', username: 'ada', password: 'x', ...asMachine() }),
      'unsupported_grant_type',
    ],
    ['the implicit grant (RFC 9700 §2.1.2)', () => ({ grant_type: 'implicit', ...asMachine() }), 'unsupported_grant_type'],
    ['__proto__ for a grant_type', () => ({ grant_type: '__proto__', ...asMachine() }), 'unsupported_grant_type'],
    ['constructor for a grant_type', () => ({ grant_type: 'constructor', ...asMachine() }), 'unsupported_grant_type'],
    ['grant_type in another case', () => ({ grant_type: 'Client_Credentials', ...asMachine() }), 'unsupported_grant_type'],
    ['a grant_type that the client may not use', () => ({ ...clientCredentials, ...asZapier() }), 'unauthorized_client'],
    ['another one that it may not use', () => ({ grant_type: 'refresh_token', refresh_token: 'x', ...asMachine() }), 'unauthorized_client'],
    ['no code (RFC 6749 §4.1.3)', () => ({ grant_type: 'authorization_code', ...asZapier() }), 'invalid_request'],
    ['no refresh_token (RFC 6749 §6)', () => ({ grant_type: 'refresh_token', ...asZapier() }), 'invalid_request'],
    ['a code that is none', () => ({ grant_type: 'authorization_code', code: 'x', ...asZapier() }), 'invalid_grant'],
    ['a refresh token that is none', () => ({ grant_type: 'refresh_token', refresh_token: 'x', ...asZapier() }), 'invalid_grant'],
    ['a scope that the client may not have', () => ({ ...clientCredentials, scope: 'no-such-scope', ...asMachine() }), 'invalid_scope'],
    ['a scope with characters that are not allowed', () => ({ ...clientCredentials, scope: 'a"b', ...asMachine() }), 'invalid_scope'],
    ['a scope with a script', () => ({ ...clientCredentials, scope: '<script>alert(1)</script>', ...asMachine() }), 'invalid_scope'],
    ['a resource that is none (RFC 8707 §2)', () => ({ ...clientCredentials, resource: 'api', ...asMachine() }), 'invalid_target'],
  ])('%s', async (_, form, error) => {
    const answer = await caller.token(form());
    expect(answer).toMatchObject({ status: 400, body: { error } });
    expect(answer.body.error_description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  });

  it.each(['grant_type', 'client_id', 'client_secret', 'scope', 'code', 'something_else'])('when %s was sent twice (RFC 6749 §3.2)', async (name) => {
    const form = [...Object.entries({ ...clientCredentials, ...asMachine() }), [name, 'one'], [name, 'one']] as [string, string][];
    expect(await caller.token(form)).toMatchObject({ status: 400, body: { error: 'invalid_request', error_description: `${name} was sent more than once` } });
  });

  it('but resource may be sent several times (RFC 8707 §2)', async () => {
    const form = [...Object.entries({ ...clientCredentials, ...asMachine() }), ['resource', 'https://a.example/'], ['resource', 'https://b.example/']] as [
      string,
      string,
    ][];
    expect(await caller.token(form)).toMatchObject({ status: 200 });
  });

  it('with credentials in the query: they "MUST NOT be included in the request URI" (RFC 6749 §2.3.1)', async () => {
    const query = new URLSearchParams({ ...clientCredentials, ...asMachine() });
    expect(await caller.post(`/oauth/token?${query}`, clientCredentials)).toMatchObject({ status: 401 });
  });
});

describe('A body that is no form is refused', () => {
  const good = () => new URLSearchParams({ ...clientCredentials, ...credentialsOf(machine) }).toString();

  it.each([
    [
      'JSON (RFC 6749 §3.2)',
      'application/json',
      () => JSON.stringify({ ...clientCredentials, ...credentialsOf(machine) }),
      400,
      'the body must be application/x-www-form-urlencoded',
    ],
    ['a form that says it is text', 'text/plain', good, 400, 'the body must be application/x-www-form-urlencoded'],
    ['a form without a content type', '', good, 400, 'the body must be application/x-www-form-urlencoded'],
    ['a content type that is none', ';;;', good, 415, 'the content type is not supported here: send application/x-www-form-urlencoded'],
    ['more than 64 kB', 'application/x-www-form-urlencoded', () => `${good()}&x=${'x'.repeat(65_536)}`, 413, 'the body is too large'],
    ['more than 64 kB of something else', 'application/octet-stream', () => 'x'.repeat(65_537), 413, 'the body is too large'],
  ])('%s', async (_, type, body, status, error_description) => {
    const response = await caller.send('/oauth/token', { method: 'POST', headers: type === '' ? {} : { 'content-type': type }, body: body() });
    expect([response.status, await response.json()]).toEqual([status, { error: 'invalid_request', error_description }]);
  });

  it.each(['application/x-www-form-urlencoded; charset=UTF-8', 'APPLICATION/X-WWW-Form-URLencoded', 'application/x-www-form-urlencoded;charset="utf-8"'])(
    'but a form is a form however it is spelled: %s',
    async (type) => {
      expect((await caller.send('/oauth/token', { method: 'POST', headers: { 'content-type': type }, body: good() })).status).toBe(200);
    },
  );
});

describe('redirect_uri in the token request', () => {
  it('may be left out, as Zapier does', async () => {
    const { code, verifier } = await caller.code(zapier);
    expect(await caller.token({ grant_type: 'authorization_code', code, code_verifier: verifier, ...credentialsOf(zapier) })).toMatchObject({ status: 200 });
  });

  it('that is another one is invalid_grant (RFC 6749 §5.2)', async () => {
    const form = { ...caller.codeForm(await caller.code(zapier)), ...credentialsOf(zapier) };
    expect(await caller.token({ ...form, redirect_uri: `${caller.callback}/` })).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect(await caller.token(form)).toMatchObject({ status: 200 });
  });
});

describe('A code', () => {
  it('is worth nothing 60 seconds later (RFC 6749 §4.1.2)', async () => {
    const form = { ...caller.codeForm(await caller.code(app)), client_id: app.id };
    world.clock.pass(60);
    expect(await caller.token(form)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('that is replayed ends what it gave (RFC 6749 §4.1.2)', async () => {
    const form = { ...caller.codeForm(await caller.code(app)), client_id: app.id };
    const { body } = await caller.token(form);
    expect(await caller.token(form)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect(await caller.me(body.access_token)).toMatchObject({ status: 401 });
    expect(await caller.token({ grant_type: 'refresh_token', refresh_token: body.refresh_token, client_id: app.id })).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
  });
});
