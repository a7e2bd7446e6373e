import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basic, OAuthCaller } from '../support/oauth.js';
import { pkce } from '../support/pkce.js';
import { type TestClient, type TestServer, testPerson, testServer } from '../support/test-server.js';

let world: TestServer;
let caller: OAuthCaller;
let app: TestClient;
let spa: TestClient;

const { verifier, challenge } = pkce();
const unknown = 'urn:ietf:params:oauth:request_uri:00000000-0000-4000-8000-000000000000';

beforeAll(async () => {
  world = await testServer();
  caller = new OAuthCaller(world);
  app = await world.createClient({ redirectUris: [caller.callback, `${caller.callback}/2`] });
  spa = await world.createClient({ type: 'public', redirectUris: [caller.callback] });
});
afterAll(() => world.close());

type Pushed = { readonly request_uri: string; readonly expires_in: number; readonly error: string; readonly error_description: string };
type Parameters = Record<string, string>;

const parameters = (changes: Parameters = {}): Parameters => ({
  response_type: 'code',
  redirect_uri: caller.callback,
  scope: 'default email',
  code_challenge: challenge,
  code_challenge_method: 'S256',
  ...changes,
});
const push = (changes: Parameters = {}, { id, secret } = app) => caller.post<Pushed>('/oauth/par', parameters(changes), basic(id, secret));
const pushPublic = (changes: Parameters = {}) => caller.post<Pushed>('/oauth/par', parameters({ client_id: spa.id, ...changes }));
const address = (requestUri: string, client = app, more: Parameters = {}) =>
  `${world.issuer}/oauth/authorize?${new URLSearchParams({ client_id: client.id, request_uri: requestUri, ...more })}`;

describe('A pushed authorization request (RFC 9126)', () => {
  it('is answered with a name for it, which nobody keeps (§2.2)', async () => {
    const { status, headers, body } = await push();
    expect([status, headers.get('cache-control')]).toEqual([201, 'no-store']);
    expect(body).toEqual({ request_uri: expect.stringMatching(/^urn:ietf:params:oauth:request_uri:[0-9a-f-]{36}$/), expires_in: 90 });
    expect((await push()).body.request_uri).not.toBe(body.request_uri);
  });

  it.each(['confidential', 'public'])('leads a person to consent, and its %s client to tokens, by that name alone', async (type) => {
    const client = type === 'public' ? spa : app;
    const { body } = await (type === 'public' ? pushPublic({ state: 'kept' }) : push({ state: 'kept' }));
    const back = await caller.browser().allow(address(body.request_uri, client));
    expect(back.origin + back.pathname).toBe(caller.callback);
    expect([back.searchParams.get('state'), back.searchParams.get('iss')]).toEqual(['kept', world.issuer]);
    const credentials = type === 'public' ? { client_id: client.id } : { client_id: client.id, client_secret: client.secret };
    const { status, body: tokens } = await caller.token({
      ...caller.codeForm({ code: back.searchParams.get('code') ?? '', verifier }),
      ...credentials,
    });
    expect([status, tokens.scope]).toEqual([200, 'default email']);
  });

  it('is what was pushed, whatever else the address says (RFC 9101 §5)', async () => {
    const { body } = await push({ scope: 'email', state: 'pushed' });
    const back = await caller
      .browser()
      .allow(address(body.request_uri, app, { scope: 'default', state: 'other', redirect_uri: `${caller.callback}/2`, prompt: 'none' }));
    expect(back.pathname).toBe('/callback');
    expect(back.searchParams.get('state')).toBe('pushed');
    expect((await caller.token({ ...caller.codeForm({ code: back.searchParams.get('code') ?? '', verifier }), ...secretOf(app) })).body.scope).toBe('email');
  });

  it('keeps each value of prompt once, however often it was sent', async () => {
    const { request_uri: name } = (await push({ prompt: 'login '.repeat(2000) })).body;
    expect((await world.storage.authorizationRequests.find(name.split(':').at(-1) ?? ''))?.prompts).toEqual(['login']);
  });

  it('may be opened again, by whoever reloads the page, and is answered once', async () => {
    const url = address((await push({ prompt: 'consent' })).body.request_uri);
    const browser = caller.browser();
    expect((await browser.signIn(url)).url.pathname).toMatch(/^\/consent\//);
    expect((await browser.allow(url)).searchParams.get('code')).toMatch(/^kw_ac_/);
    expect((await browser.open(url)).text).toMatch(/already/);
  });

  it('must be opened within 90 seconds; who opened it then has as long as ever', async () => {
    const url = address((await push({ prompt: 'consent' })).body.request_uri);
    const browser = caller.browser();
    const page = await browser.open(url);
    world.clock.pass(91);
    const late = await browser.open(url);
    expect([late.status, late.text]).toEqual([400, expect.stringContaining('expired')]);
    const signedIn = await browser.submit(page, /^\/sign-in/, { ...testPerson });
    expect([signedIn.status, signedIn.url.pathname]).toEqual([200, expect.stringMatching(/^\/consent\//)]);
  });
});

const secretOf = ({ id, secret }: TestClient) => ({ client_id: id, client_secret: secret });

describe('A push is refused', () => {
  const refusals: [string, () => Promise<{ status: number; body: Pushed }>, number, string, RegExp][] = [
    [
      'without the secret of a client that has one',
      () => caller.post('/oauth/par', parameters({ client_id: app.id })),
      401,
      'invalid_client',
      /authentication failed/,
    ],
    ['with a wrong secret', () => push({}, { ...app, secret: 'wrong' }), 401, 'invalid_client', /./],
    ['without a client', () => caller.post('/oauth/par', parameters()), 401, 'invalid_client', /./],
    ['of a client that nobody knows', () => pushPublic({ client_id: 'nobody' }), 401, 'invalid_client', /./],
    ['with a request_uri in it (§2.1)', () => push({ request_uri: unknown }), 400, 'invalid_request', /request_uri/],
    [
      'with an address that is not the client’s',
      () => push({ redirect_uri: 'https://evil.example/' }),
      400,
      'invalid_request',
      /redirect_uri is not registered/,
    ],
    ['without PKCE', () => push({ code_challenge: '' }), 400, 'invalid_request', /code_challenge/],
    ['with a scope that the client may not have', () => push({ scope: 'admin' }), 400, 'invalid_scope', /admin/],
    ['with another response type', () => push({ response_type: 'token' }), 400, 'unsupported_response_type', /code/],
    ['as a request object (RFC 9101)', () => push({ request: 'eyJhbGciOiJub25lIn0.e30.' }), 400, 'request_not_supported', /parameter by itself/],
    ['with a resource that is none', () => push({ resource: 'nonsense' }), 400, 'invalid_target', /resource/],
    [
      'of two clients at once',
      () => caller.post('/oauth/par', parameters({ client_id: spa.id }), basic(app.id, app.secret)),
      400,
      'invalid_request',
      /Authorization header/,
    ],
    [
      'of a parameter sent twice',
      () => caller.post('/oauth/par', [...Object.entries(parameters()), ['scope', 'email']], basic(app.id, app.secret)),
      400,
      'invalid_request',
      /scope/,
    ],
  ];

  it.each(refusals)('%s', async (_why, send, status, error, description) => {
    const answer = await send();
    expect([answer.status, answer.body.error]).toEqual([status, error]);
    expect(answer.body.error_description).toMatch(description);
    expect(answer.body.request_uri).toBeUndefined();
  });

  it('from one address after 300 within ten minutes where the client has no secret, and not where it has', async () => {
    const other = await testServer();
    try {
      const from = new OAuthCaller(other);
      const [open, closed] = [
        await other.createClient({ type: 'public', redirectUris: [from.callback] }),
        await other.createClient({ redirectUris: [from.callback] }),
      ];
      const send = (client: TestClient) => from.post<Pushed>('/oauth/par', parameters(client.secret === '' ? { client_id: client.id } : secretOf(client)));
      let pushes = 0;
      while (pushes < 301 && (await send(open)).status === 201) pushes += 1;
      expect(pushes).toBe(300);
      const refused = await send(open);
      expect([refused.status, refused.body.error, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, 'temporarily_unavailable', true]);
      expect((await send(closed)).status).toBe(201);
    } finally {
      await other.close();
    }
  });
});

describe('The name of a pushed request is refused, as a page and nowhere else,', () => {
  it('where another client brings it (§2.2)', async () => {
    const page = await caller.browser().open(address((await push()).body.request_uri, spa));
    expect([page.status, page.url.pathname]).toEqual([400, '/oauth/authorize']);
  });

  it.each([unknown, 'urn:ietf:params:oauth:request_uri:', 'https://evil.example/request.jwt', "urn:ietf:params:oauth:request_uri:' OR 1=1"])(
    'where it names none: %j',
    async (name) => {
      const page = await caller.browser().open(address(name));
      expect([page.status, page.url.pathname]).toEqual([400, '/oauth/authorize']);
    },
  );
});

it('What was wrong with the name of a pushed request is in the log', async () => {
  const before = world.log.length;
  await caller.browser().open(address(unknown));
  expect(world.log.slice(before).filter((line) => line.includes('invalid_request_uri'))).toHaveLength(1);
});

it('The endpoint is where the metadata says, and requests at any other address are not taken (RFC 9126 §5, OpenID Connect Discovery §3)', async () => {
  const metadata = (await world.server.inject('/.well-known/openid-configuration')).json();
  expect(metadata).toMatchObject({ pushed_authorization_request_endpoint: `${world.issuer}/oauth/par`, request_uri_parameter_supported: false });
});
