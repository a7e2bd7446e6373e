import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiWorld, apiWorld } from './api-world.js';

let world: ApiWorld;
beforeAll(async () => {
  world = await apiWorld();
});
afterAll(() => world.close());

const named = '"client_name":"A","redirect_uris":["https://a.example/cb"]';
const post = (body: unknown, headers: Record<string, string> = {}) => world.call('POST', '/clients', { token: world.tokens.ada, body, headers });

describe('A body is refused', () => {
  it.each([
    ['that is not JSON', '{"client_name":', 'not JSON'],
    ['that has more than one value', '{}{}', 'not JSON'],
    ['that is not UTF-8 (RFC 8259 §8.1)', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 'not UTF-8'],
    ['in UTF-16', Buffer.from('{"client_name":"A"}', 'utf16le'), 'not JSON'],
    ['nested deeper than anything of ours', '['.repeat(5000) + ']'.repeat(5000), 'never right'],
  ])('%s', async (_, body, detail) => {
    expect(await post(body)).toMatchObject({ status: 400, body: { detail: expect.stringContaining(detail) } });
  });

  it.each([
    ['__proto__', `{${named},"__proto__":{"owner_id":null}}`, '/__proto__'],
    ['constructor', `{${named},"constructor":{"prototype":{}}}`, '/constructor'],
    ['a dangerous name further in', `{${named},"a":[{"__proto__":1}]}`, '/a/0/__proto__'],
    ['a NUL character', `{${named},"description":"a\\u0000b"}`, '/description'],
    ['a NUL character in a list', '{"client_name":"A","redirect_uris":["https://a.example/\\u0000"]}', '/redirect_uris/0'],
    ['half of a character', `{${named},"description":"\\ud800"}`, '/description'],
  ])('with %s, at its pointer', async (_, body, pointer) => {
    const refused = await post(body);
    expect([refused.status, refused.body.errors.map((error: { pointer: string }) => error.pointer)]).toEqual([400, [pointer]]);
    expect(({} as Record<string, unknown>).owner_id).toBeUndefined();
  });

  it('that is larger than 64 kB', async () => {
    expect((await post(`{${named},"description":"${'x'.repeat(64 * 1024)}"}`)).status).toBe(413);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/merge-patch+json',
    'application/json-seq',
    'nonsense',
  ])('of type %s, where something is made', async (type) => {
    expect((await post(`{${named}}`, { 'content-type': type })).status).toBe(415);
  });

  it('that is not there, where one is needed', async () => {
    expect((await world.call('POST', '/clients', { token: world.tokens.ada })).status).toBe(422);
    expect((await post('')).status).toBe(422);
    expect((await post('null')).status).toBe(422);
  });

  it('with more faults than anybody reads, in an answer that stays small', async () => {
    const refused = await post({ client_name: 'A', redirect_uris: Array.from({ length: 5000 }, () => 0) });
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toHaveLength(50);
  });

  it('by nobody who is not known: the token is asked for first', async () => {
    expect((await world.call('POST', '/clients', { body: '{' })).status).toBe(401);
  });

  it('that names what has no body', async () => {
    const { client_id } = await world.clientOf(world.tokens.ada);
    expect((await world.call('POST', `/clients/${client_id}/disable`, { token: world.tokens.ada, body: { force: true } })).status).toBe(422);
  });
});

describe('An address', () => {
  it.each([
    '/clients/%00',
    '/clients/a%00b',
    '/clients/%ef%bf%bd',
    `/clients/${'a'.repeat(90)}`,
    '/clients/..%2Fusers',
    "/clients/'%20OR%201=1",
    '/clients/__proto__',
    '/clients/constructor',
  ])('with the id %s is answered as if there were none', async (path) => {
    expect((await world.call('GET', path, { token: world.tokens.admin })).status).toBe(404);
  });

  it.each(['/clients/%', '/clients/%zz', '/clients/%ff'])('that cannot be decoded is a problem: %s', async (path) => {
    const answer = await world.call('GET', path, { token: world.tokens.admin });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  });

  it('that is longer than any id is not there', async () => {
    expect((await world.call('GET', `/clients/${'a'.repeat(4000)}`, { token: world.tokens.admin })).status).toBe(404);
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=1.5', 'limit'],
    ['limit=ten', 'limit'],
    ['limit=', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['offset=3', 'offset'],
    ['owner_id=%00', 'owner_id'],
    ['__proto__=1', '__proto__'],
  ])('with ?%s is refused at its parameter', async (query, parameter) => {
    const refused = await world.call('GET', `/clients?${query}`, { token: world.tokens.admin });
    expect(refused.status).toBe(400);
    expect(refused.body.errors.map((error: { parameter: string }) => error.parameter)).toContain(parameter);
  });

  it('that is not there is a problem, and so is a method that it does not take (RFC 9110 §15.5.6)', async () => {
    expect(await world.call('GET', '/nothing')).toMatchObject({ status: 404, body: { type: 'http://localhost:3000/api#problem-not-found' } });
    expect(await world.call('PUT', '/clients/x')).toMatchObject({ status: 405, headers: { allow: 'GET, PATCH, DELETE' } });
  });
});

describe('A browser of another origin', () => {
  it('may ask, with a token and without cookies', async () => {
    const headers = {
      origin: 'https://console.example',
      'access-control-request-method': 'PATCH',
      'access-control-request-headers': 'authorization, idempotency-key',
    };
    const { headers: allowed, statusCode } = await world.server.inject({ method: 'OPTIONS', url: '/api/v1/clients/x', headers });
    expect([statusCode, allowed['access-control-allow-origin'], allowed['access-control-allow-credentials']]).toEqual([204, '*', undefined]);
    expect(allowed['access-control-allow-methods']).toContain('PATCH');
    expect(allowed['access-control-allow-headers']).toContain('idempotency-key');
  });
});
