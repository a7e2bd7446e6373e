import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listeningServer, type TestServer } from '../support/test-server.js';
import { overInject, type Transport } from '../support/transport.js';
import { wire } from '../support/wire.js';

let world: TestServer;
let send: Transport;

beforeAll(async () => {
  world = await listeningServer();
  send = overInject(world.server);
});
afterAll(() => world.close());

const consent = '/consent/00000000-0000-4000-8000-000000000000';
const forClients: [string, string][] = [
  ['/oauth/par', 'POST'],
  ['/oauth/token', 'POST'],
  ['/oauth/revoke', 'POST'],
  ['/oauth/introspect', 'POST'],
  ['/oauth/revocations', 'GET'],
  ['/oauth/me', 'GET, HEAD, POST'],
  ['/.well-known/oauth-authorization-server', 'GET, HEAD'],
  ['/.well-known/openid-configuration', 'GET, HEAD'],
  ['/healthz', 'GET, HEAD'],
  ['/readyz', 'GET, HEAD'],
];
const forPeople: [string, string][] = [
  ['/', 'GET, HEAD'],
  ['/oauth/authorize', 'GET'],
  ['/sign-in', 'GET, HEAD, POST'],
  ['/sign-out', 'POST'],
  [consent, 'GET'],
  [`${consent}/somebody`, 'GET, POST'],
];
const odd = ['PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND', 'SEARCH'];

describe('A method that an address does not take is 405 with those it does (RFC 9110 §15.5.6)', () => {
  it.each(forClients)('as JSON, also to a browser: %s takes %s', async (path, allow) => {
    const wrong = ['GET', 'HEAD', 'POST', ...odd].filter((method) => !allow.includes(method));
    for (const method of wrong) {
      const response = await send(path, { method, headers: { accept: 'text/html' } });
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe(allow);
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
      if (method !== 'HEAD') expect(await response.json()).toEqual({ error: 'invalid_request', error_description: `this address takes ${allow} only` });
    }
  });

  it.each(forPeople)('as a page, also to a program: %s takes %s', async (path, allow) => {
    const wrong = ['GET', 'HEAD', 'POST', ...odd].filter((method) => !allow.includes(method));
    for (const method of wrong) {
      const response = await send(path, { method });
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe(allow);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});

describe('HEAD', () => {
  it.each([...forClients, ...forPeople].filter(([, allow]) => allow.includes('HEAD')))(
    'answers what GET answers, without the body (RFC 9110 §9.3.2): %s',
    async (path) => {
      const [get, head] = [await send(path), await send(path, { method: 'HEAD' })];
      expect(head.status).toBe(get.status);
      expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'));
      expect(await head.text()).toBe('');
    },
  );
});

describe('Single-page apps on another origin', () => {
  const origin = 'https://spa.example';

  it.each(forClients)('may call %s', async (path, allow) => {
    const method = allow.split(',')[0] as string;
    const preflight = await send(path, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': method, 'access-control-request-headers': 'authorization,content-type' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-methods')).toContain(method);
    expect(preflight.headers.get('access-control-allow-headers')).toBe('authorization,content-type');
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull();
    expect((await send(path, { method, headers: { origin } })).headers.get('access-control-allow-origin')).toBe('*');
  });

  it.each(forClients)('read the challenge and when to come back: %s', async (path, allow) => {
    const response = await send(path, { method: allow.split(',')[0] as string, headers: { origin } });
    expect(response.headers.get('access-control-expose-headers')).toBe('WWW-Authenticate, Retry-After, Allow');
  });

  it.each([...forPeople, ['/nowhere', '']])('may not call %s: it is for people (RFC 9700 §2.6)', async (path) => {
    for (const method of ['OPTIONS', 'GET', 'POST']) {
      const response = await send(path, { method, headers: { origin, 'access-control-request-method': 'POST' } });
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
      expect(response.status).not.toBe(204);
    }
  });
});

describe('OPTIONS without a preflight', () => {
  it.each(forClients)('says what %s takes (RFC 9110 §9.3.7)', async (path, allow) => {
    const response = await send(path, { method: 'OPTIONS' });
    expect(response.status).toBe(204);
    expect(response.headers.get('allow')).toBe(allow);
  });
});

describe('An address that is not here', () => {
  it.each([
    '/nowhere',
    '/oauth',
    '/oauth/token/',
    '/OAuth/Token',
    '/oauth/tokens',
    '/consent',
    '/consent/a/b/c',
    '/consent/../../x',
    '/consent/%2e%2e/%2e%2e/x',
    '/.env',
    '/.git/config',
    '/oauth//token',
  ])('is 404, a page for people and JSON for programs: %s', async (path) => {
    const page = await send(path, { headers: { accept: 'text/html,*/*' } });
    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    for (const method of ['GET', 'POST', 'PUT', 'OPTIONS']) {
      const response = await send(path, { method });
      expect(response.status).toBe(404);
      expect(await response.json()).toEqual({ error: 'invalid_request', error_description: 'there is nothing at this address' });
    }
  });

  it.each(['/assets/nothing.css', '/assets/..%2f..%2fpackage.json', '/assets/%2e%2e/%2e%2e/package.json', '/assets/....//....//package.json'])(
    'gives no file away: %s',
    async (path) => {
      const response = await send(path);
      expect([403, 404]).toContain(response.status);
      expect(await response.text()).not.toContain('dependencies');
    },
  );
});

describe('An address that cannot be read', () => {
  it.each(['/consent/%FF', '/consent/%ff/%00', `/consent/${'x'.repeat(500)}`, '/assets/%FF'])(
    'is refused on a page where it is for people: %s',
    async (path) => {
      const response = await send(path);
      const text = await response.text();
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(response.status).toBeLessThan(500);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(text).not.toMatch(/FST_(?:ERR|CSRF)_|xxxxx|%FF/);
    },
  );

  it.each(['/%', '/%FF', '/nowhere/%zz'])('is refused in JSON where it is for nobody: %s', async (path) => {
    const response = await send(path);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error: 'invalid_request', error_description: 'the request cannot be read' });
  });
});

describe('Bytes that are no HTTP request', () => {
  const body = (answer: string) => JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4)) as unknown;

  it.each([
    ['rubbish', 'rubbish\r\n\r\n', 400, 'the request cannot be read'],
    ['a method that does not exist', 'FROBNICATE /oauth/token HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'the request cannot be read'],
    ['a NUL byte in a header', 'GET / HTTP/1.1\r\nHost: x\r\nX-A: \0\r\n\r\n', 400, 'the request cannot be read'],
    [
      'two lengths (request smuggling, RFC 9112 §6.3)',
      'POST /oauth/token HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
      400,
      'the request cannot be read',
    ],
    [
      'a length and chunks (RFC 9112 §6.1)',
      'POST /oauth/token HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
      'the request cannot be read',
    ],
    [
      '100 kB of Authorization',
      `POST /oauth/token HTTP/1.1\r\nHost: x\r\nAuthorization: Basic ${'A'.repeat(100_000)}\r\n\r\n`,
      431,
      'the headers are too large',
    ],
    ['an address of 100 kB', `GET /oauth/authorize?state=${'x'.repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431, 'the headers are too large'],
    ['10,000 headers', `GET / HTTP/1.1\r\nHost: x\r\n${'X-A: b\r\n'.repeat(10_000)}\r\n`, 431, 'the headers are too large'],
  ])('%s: refused in JSON, and nothing of it said again', async (_, bytes, status, description) => {
    const answer = await wire(world.server, bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(body(answer)).toEqual({ error: 'invalid_request', error_description: description });
  });

  it('a connection that closes in the middle of a request leaves the server well', async () => {
    await wire(
      world.server,
      'POST /oauth/token HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\ngrant_type=',
    );
    expect(await wire(world.server, 'GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 /);
  });
});
