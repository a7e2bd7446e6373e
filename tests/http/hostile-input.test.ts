import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mintToken } from '../../src/domain/tokens/opaque-token.js';
import { formOf } from '../support/browser.js';
import { encoded, hostileInputs, type Parts } from '../support/hostile-input.js';
import { basic, credentialsOf, OAuthCaller } from '../support/oauth.js';
import { pkce } from '../support/pkce.js';
import { listeningServer, type TestServer } from '../support/test-server.js';
import { wire } from '../support/wire.js';

interface Endpoint {
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly path: () => string;
  readonly audience: 'clients' | 'people';
  readonly parts: () => Parts;
  /** What the request is answered with before anybody spoilt it, and must be answered with again afterwards. */
  readonly well: number;
}

const now = new Date();
const kinds = ['ac', 'at', 'rt', 'se', 'cs'] as const;
const minted = kinds.map((kind) => mintToken(kind, now).token);
const inputs = hostileInputs(minted);

let world: TestServer;
let caller: OAuthCaller;
let good: { csrf: string; cookie: string; consent: string; token: string; refreshToken: string; credentials: Record<string, string>; query: URLSearchParams };

beforeAll(async () => {
  world = await listeningServer({ env: { TRUST_PROXY: 'true' } });
  caller = new OAuthCaller(world);
  const app = await world.createClient({ redirectUris: [caller.callback], grantTypes: ['authorization_code', 'refresh_token', 'client_credentials'] });
  const { access_token, refresh_token } = await caller.tokens(app);
  const browser = caller.browser();
  const address = caller.authorizationUrl(app, {
    state: 'xyz',
    scope: 'default profile',
    prompt: 'consent',
    code_challenge: pkce().challenge,
    code_challenge_method: 'S256',
  });
  const page = await browser.signIn(address);
  const { action, fields } = formOf(page, /^\/consent\/[^/]+\/(?!switch)/);
  good = {
    csrf: fields._csrf ?? '',
    cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    consent: action.pathname,
    token: access_token,
    refreshToken: refresh_token,
    credentials: credentialsOf(app),
    query: new URL(address).searchParams,
  };
});
afterAll(() => world.close());

const form =
  (fields: () => Record<string, string>, more: () => Record<string, string> = () => ({})) =>
  (): Parts => ({
    query: [],
    form: Object.entries(fields()),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...more() },
  });
const plain =
  (more: () => Record<string, string> = () => ({}), query: () => [string, string][] = () => []) =>
  (): Parts => ({ query: query(), form: null, headers: more() });
const signedIn = () => ({ cookie: good.cookie });
const posted = (fields: Record<string, string> = {}) => form(() => ({ _csrf: good.csrf, ...fields }), signedIn);
/** Each time another, so that nobody is slowed down who tries something new. */
const someAddress = () => `2001:db8:${randomBytes(2).toString('hex')}:${randomBytes(2).toString('hex')}::1`;
const bearer = () => ({ authorization: `Bearer ${good.token}` });

const endpoints: Endpoint[] = [
  {
    name: 'pushed authorization request',
    method: 'POST',
    path: () => '/oauth/par',
    audience: 'clients',
    well: 201,
    parts: form(() => ({ ...Object.fromEntries(good.query), ...good.credentials })),
  },
  {
    name: 'token, client_credentials',
    method: 'POST',
    path: () => '/oauth/token',
    audience: 'clients',
    well: 200,
    parts: form(() => ({ grant_type: 'client_credentials', scope: 'default', ...good.credentials })),
  },
  {
    name: 'token, authorization_code',
    method: 'POST',
    path: () => '/oauth/token',
    audience: 'clients',
    well: 400,
    parts: form(() => ({
      grant_type: 'authorization_code',
      code: minted[0] as string,
      redirect_uri: caller.callback,
      code_verifier: 'a'.repeat(43),
      resource: 'https://a.example/',
      ...good.credentials,
    })),
  },
  {
    name: 'token, refresh_token',
    method: 'POST',
    path: () => '/oauth/token',
    audience: 'clients',
    well: 200,
    parts: form(
      () => ({ grant_type: 'refresh_token', refresh_token: good.refreshToken }),
      () => basic(good.credentials.client_id ?? '', good.credentials.client_secret ?? ''),
    ),
  },
  {
    name: 'revoke',
    method: 'POST',
    path: () => '/oauth/revoke',
    audience: 'clients',
    well: 200,
    parts: form(() => ({ token: minted[1] as string, token_type_hint: 'access_token', ...good.credentials })),
  },
  {
    name: 'introspect',
    method: 'POST',
    path: () => '/oauth/introspect',
    audience: 'clients',
    well: 200,
    parts: form(() => ({ token: good.token, ...good.credentials })),
  },
  { name: 'me, posted', method: 'POST', path: () => '/oauth/me', audience: 'clients', well: 200, parts: form(() => ({}), bearer) },
  { name: 'me', method: 'GET', path: () => '/oauth/me', audience: 'clients', well: 200, parts: plain(bearer) },
  { name: 'metadata', method: 'GET', path: () => '/.well-known/oauth-authorization-server', audience: 'clients', well: 200, parts: plain() },
  { name: 'healthz', method: 'GET', path: () => '/healthz', audience: 'clients', well: 200, parts: plain() },
  { name: 'readyz', method: 'GET', path: () => '/readyz', audience: 'clients', well: 200, parts: plain() },
  { name: 'start page', method: 'GET', path: () => '/', audience: 'people', well: 200, parts: plain(signedIn) },
  { name: 'authorize', method: 'GET', path: () => '/oauth/authorize', audience: 'people', well: 200, parts: plain(signedIn, () => [...good.query]) },
  {
    name: 'authorize, nobody signed in',
    method: 'GET',
    path: () => '/oauth/authorize',
    audience: 'people',
    well: 303,
    parts: plain(undefined, () => [...good.query]),
  },
  {
    name: 'sign-in page',
    method: 'GET',
    path: () => '/sign-in',
    audience: 'people',
    well: 200,
    parts: plain(undefined, () => [['request', good.consent.split('/')[2] ?? '']]),
  },
  {
    name: 'sign-in',
    method: 'POST',
    path: () => '/sign-in',
    audience: 'people',
    well: 401,
    parts: form(
      () => ({ _csrf: good.csrf, email: `${randomUUID()}@example.com`, password: 'wrong' }),
      () => ({ ...signedIn(), 'x-forwarded-for': someAddress() }),
    ),
  },
  {
    name: 'sign-out',
    method: 'POST',
    path: () => '/sign-out',
    audience: 'people',
    well: 200,
    parts: form(
      () => ({ _csrf: good.csrf }),
      () => ({ cookie: good.cookie.replace(/kw_session=[^;]*/, 'kw_session=none') }),
    ),
  },
  { name: 'consent page', method: 'GET', path: () => good.consent, audience: 'people', well: 200, parts: plain(signedIn) },
  {
    name: 'decision',
    method: 'POST',
    path: () => good.consent.replace(/[^/]+$/, 'somebody-else'),
    audience: 'people',
    well: 200,
    parts: posted({ decision: 'allow' }),
  },
];

async function send({ method, path }: Pick<Endpoint, 'method' | 'path'>, { query, form: fields, headers, body }: Parts) {
  const payload = body ?? (fields === null ? undefined : encoded(fields));
  const url = query.length === 0 ? path() : `${path()}?${encoded(query)}`;
  return world.server.inject({ method, url, headers, ...(payload !== undefined && { payload }) } as InjectOptions);
}

/** Never a 5xx, never a stack, JSON for programs and HTML for people, and no way out but to the client. */
function expectWell({ audience, name }: Pick<Endpoint, 'audience' | 'name'>, reply: Awaited<ReturnType<typeof send>>, sent: Parts): void {
  const { statusCode: status, body } = reply;
  const type = String(reply.headers['content-type'] ?? '');
  const said = JSON.stringify({ name, sent, status, body }).slice(0, 2000);
  expect(status, said).toBeGreaterThanOrEqual(200);
  expect(status, said).toBeLessThan(500);
  expect(body, said).not.toMatch(/\.[jt]s:\d+|node_modules|FST_(?:ERR|CSRF)_|Error:|prisma/i);
  if (audience === 'people') {
    if (status === 303) expect(String(reply.headers.location), said).toMatch(/^\/|^https:\/\/app\.example\/callback\?/);
    else expect(type, said).toBe('text/html; charset=utf-8');
    return;
  }
  expect(type, said).toMatch(/^application\/json/);
  const answer = JSON.parse(body) as { error?: string; error_description?: string };
  if (status < 400) return;
  expect(answer.error, said).toMatch(/^(invalid_(request|client|grant|scope|target|token)|unauthorized_client|unsupported_(grant|response)_type)$/);
  // RFC 6749 §5.2
  expect(answer.error_description, said).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
}

describe.each(endpoints)('$name stands', (endpoint) => {
  it.each(inputs)('%s', async (_, spoil) => {
    await Promise.all(spoil(endpoint.parts()).map(async (parts) => expectWell(endpoint, await send(endpoint, parts), parts)));
  });

  it('whatever the parameters', async () => {
    const names = fc.constantFrom(
      ...endpoint.parts().query.map(([name]) => name),
      ...(endpoint.parts().form ?? []).map(([name]) => name),
      'scope',
      'resource',
      'state',
      '__proto__',
      '',
    );
    const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constantFrom(...minted), fc.webUrl());
    const entries = fc.array(fc.tuple(names, texts), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(entries, fc.boolean(), async (more, alone) => {
        const { query, form: fields, headers } = endpoint.parts();
        const parts: Parts = { headers, query: alone ? more : [...query, ...more], form: fields && (alone ? more : [...fields, ...more]) };
        expectWell(endpoint, await send(endpoint, parts), parts);
      }),
      { numRuns: 25 },
    );
  });

  it('whatever the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        const parts = { ...endpoint.parts(), form: null, body: Buffer.from(bytes) };
        expectWell(endpoint, await send(endpoint, parts), parts);
      }),
      { numRuns: 25 },
    );
  });

  it('and goes on working', async () => {
    expect((await send(endpoint, endpoint.parts())).statusCode).toBe(endpoint.well);
  });
});

describe('A path with rubbish in the place of an id', () => {
  const rubbish = [
    '%00',
    'a%00b',
    '%FF',
    '%ED%A0%80',
    '..',
    '%2e%2e',
    '..%2f..%2fx',
    '%2F',
    '__proto__',
    'constructor',
    'null',
    '0',
    '-1',
    'x'.repeat(99),
    'x'.repeat(101),
    'x'.repeat(5000),
    "'%20OR%201=1--",
    '%3Cscript%3E',
    '00000000-0000-0000-0000-000000000000',
    '00000000-0000-0000-0000-00000000000G',
    '%F0%9F%98%80',
    ' ',
    '%0d%0aSet-Cookie:%20a=b',
    ...minted,
  ];

  it.each(rubbish)('is answered on a page: %s', async (id) => {
    const own = good.consent.split('/');
    const paths: [method: 'GET' | 'POST', path: string][] = [
      ['GET', `/consent/${id}`],
      ['GET', `/consent/${own[2]}/${id}`],
      ['GET', `/consent/${id}/${own[3]}`],
      ['GET', `/sign-in?request=${id}`],
      ['POST', `/consent/${own[2]}/${id}`],
      ['POST', `/consent/${id}/${own[3]}`],
      ['POST', `/consent/${id}/switch-account`],
      ['POST', `/sign-in?request=${id}`],
    ];
    for (const [method, path] of paths) {
      // Signing in and switching take the session away, so each posts the form of a browser of its own.
      const fields = method === 'POST' ? posted({ decision: 'allow', email: 'eve@example.com' })() : plain(signedIn)();
      const parts = {
        ...fields,
        headers: {
          ...fields.headers,
          accept: 'text/html',
          ...(path.includes('switch') && { cookie: good.cookie.replace(/kw_session=[^;]*/, 'kw_session=none') }),
        },
      };
      expectWell({ name: `${method} ${path}`, audience: 'people' }, await send({ method, path: () => path }, parts), parts);
    }
  });
});

describe('Bytes that a library would not send', () => {
  it.each([
    [
      'raw bytes in the query',
      Buffer.from('GET /oauth/authorize?client_id=\xff\xfe&state=\xc3\x28 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 'latin1'),
    ],
    ['raw bytes in the path', Buffer.from('GET /consent/\xff\xfe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 'latin1')],
    ['dots in the path', Buffer.from('GET /consent/../../x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')],
    ['no path', Buffer.from('GET ? HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')],
    ['a whole address for a path', Buffer.from('GET http://evil.example/oauth/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')],
    ['an asterisk', Buffer.from('OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')],
    [
      'two Authorization headers',
      Buffer.from('GET /oauth/me HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer a\r\nAuthorization: Bearer b\r\nConnection: close\r\n\r\n'),
    ],
    [
      'two content types',
      Buffer.from(
        'POST /oauth/token HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\nConnection: close\r\n\r\na=b',
      ),
    ],
    ['raw bytes in a header', Buffer.from('GET /oauth/me HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \xff\xfe\r\nConnection: close\r\n\r\n', 'latin1')],
    [
      'chunks that are broken',
      Buffer.from('POST /oauth/token HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n'),
    ],
    ['an upgrade', Buffer.from('GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')],
    ['HTTP/1.0 without a host', Buffer.from('GET /oauth/me HTTP/1.0\r\n\r\n')],
    ['HTTP/2 on the wrong door', Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')],
    ['TLS on the wrong door', Buffer.from('16030100c8010000c40303', 'hex')],
  ])('%s', async (_, bytes) => {
    const answer = await wire(world.server, bytes);
    expect(answer).toMatch(/^HTTP\/1\.1 [234]\d\d /);
    expect(answer).not.toMatch(/\.[jt]s:\d+|node_modules|FST_(?:ERR|CSRF)_/);
  });

  it('and the server goes on working', async () => {
    expect((await world.server.inject('/readyz')).statusCode).toBe(200);
  });
});

it('Nothing of all this was a failure that nobody foresaw', () => {
  expect(world.log.filter((line) => line.includes('unexpected failure') || /"level":[56]0/.test(line))).toEqual([]);
});
