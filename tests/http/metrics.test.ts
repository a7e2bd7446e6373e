import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { grantTypes } from '../../src/domain/clients/client.js';
import { Metrics } from '../../src/infrastructure/metrics/metrics.js';
import { buildMetricsServer } from '../../src/interfaces/http/metrics-server.js';
import { seriesOf, valuesOfLabel } from '../support/exposition.js';
import { credentialsOf } from '../support/oauth.js';
import { complaintsOfPromtool, hasPromtool } from '../support/promtool.js';
import { type TestClient, type TestServer, testServer } from '../support/test-server.js';

const metrics = new Metrics('1.2.3');
const metricsServer = buildMetricsServer(() => metrics.text(), 'silent');
let world: TestServer;
let client: TestClient;

beforeAll(async () => {
  world = await testServer({ metrics });
  client = await world.createClient({ grantTypes: ['client_credentials'], redirectUris: [] });
});
afterAll(async () => {
  await metricsServer.close();
  await world.close();
});

const exposition = async () => (await metricsServer.inject('/metrics')).payload;
const series = async () => seriesOf(await exposition());
const token = (form: Record<string, string>) =>
  world.server.inject({
    method: 'POST',
    url: '/oauth/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(form).toString(),
  });
const tokenRequests = (grantType: string, outcome: string) => `keywright_token_requests_total{grant_type="${grantType}",outcome="${outcome}"}`;
const answers = (route: string, method: string, status: number) =>
  `keywright_http_request_duration_seconds_count{route="${route}",method="${method}",status="${status}"}`;

it('counts token requests that were issued and refused, and how long they took', async () => {
  const form = { grant_type: 'client_credentials', ...credentialsOf(client) };
  expect((await token(form)).statusCode).toBe(200);
  expect((await token({ ...form, client_secret: 'wrong' })).statusCode).toBe(401);
  expect((await token({ grant_type: 'refresh_token', refresh_token: 'x', ...credentialsOf(client) })).statusCode).toBe(400);
  const now = await series();
  expect(now.get(tokenRequests('client_credentials', 'issued'))).toBe(1);
  expect(now.get(tokenRequests('client_credentials', 'invalid_client'))).toBe(1);
  expect(now.get(tokenRequests('refresh_token', 'unauthorized_client'))).toBe(1);
  expect(now.get(answers('/oauth/token', 'POST', 200))).toBe(1);
  expect(now.get(answers('/oauth/token', 'POST', 401))).toBe(1);
  expect(now.get(answers('/oauth/token', 'POST', 400))).toBe(1);
});

it('counts a token request that cannot be read as refused', async () => {
  await world.server.inject({ method: 'POST', url: '/oauth/token', headers: { 'content-type': 'application/json' }, payload: '{}' });
  await world.server.inject({
    method: 'POST',
    url: '/oauth/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'x'.repeat(100_000),
  });
  expect((await series()).get(tokenRequests('unknown', 'invalid_request'))).toBe(2);
});

it('names the pattern of a route, never the address', async () => {
  const { statusCode } = await world.server.inject('/consent/a-secret-of-this-request');
  const text = await exposition();
  expect(seriesOf(text).get(answers('/consent/:requestId', 'GET', statusCode))).toBe(1);
  expect(text).not.toContain('a-secret-of-this-request');
});

it('has only so many series, whatever callers send', async () => {
  await callWith('first');
  const before = new Set((await series()).keys());
  for (let index = 0; index < 40; index += 1) await callWith(`made-up-${index}`);
  const made = [...(await series()).keys()].filter((name) => !before.has(name));
  // A collection of a kind that had not come yet is no caller's doing.
  expect(made.filter((name) => !name.startsWith('keywright_nodejs_gc_'))).toEqual([]);
  const text = await exposition();
  expect(text).not.toContain('made-up');
  expect(valuesOfLabel(text, 'grant_type')).toEqual(new Set([...grantTypes, 'unknown']));
});

async function callWith(word: string): Promise<void> {
  await token({ grant_type: word, client_id: word, client_secret: word });
  for (const method of ['GET', 'OPTIONS', 'PROPFIND', 'MKCOL', 'TRACE'] as const)
    await world.server.inject({ method: method as 'GET', url: `/${word}?${word}=${word}`, headers: { origin: `https://${word}.example`, host: word } });
  await world.server.inject({ method: 'POST', url: `/consent/${word}/decision` });
}

it('holds no token, secret, client id or address', async () => {
  const issued = await token({ grant_type: 'client_credentials', ...credentialsOf(client) });
  const text = await exposition();
  for (const word of [issued.json().access_token, client.id, client.secret, 'kw_', '127.0.0.1', 'localhost', 'example', '@']) expect(text).not.toContain(word);
});

it('is nowhere on the public port, which nothing else is on its own', async () => {
  for (const url of ['/metrics', '/metrics/', '/metrics/prometheus', '/oauth/metrics'])
    expect(await world.server.inject(url)).toMatchObject({ statusCode: 404, payload: expect.not.stringContaining('keywright_') });
  for (const url of ['/', '/oauth/token', '/healthz']) expect((await metricsServer.inject(url)).statusCode).toBe(404);
  for (const method of ['POST', 'PUT', 'DELETE', 'HEAD'] as const) expect((await metricsServer.inject({ method, url: '/metrics' })).statusCode).toBe(404);
});

it("is in Prometheus' text format, and may not be kept", async () => {
  const { headers, payload } = await metricsServer.inject('/metrics');
  expect(headers).toMatchObject({ 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store' });
  expect([...seriesOf(payload).keys()].filter((name) => !name.startsWith('keywright_'))).toEqual([]);
  expect(seriesOf(payload).get('keywright_build_info{version="1.2.3"}')).toBe(1);
});

it.skipIf(!hasPromtool)('is read by promtool, which finds nothing wrong with it', async () => {
  expect(await complaintsOfPromtool(await exposition())).toBe('');
});

it('tells nothing of what went wrong when it cannot be read', async () => {
  const broken = buildMetricsServer(() => Promise.reject(new Error('some detail')), 'silent');
  expect(await broken.inject('/metrics')).toMatchObject({ statusCode: 500, payload: 'metrics cannot be read\n' });
  await broken.close();
});

describe('on its port, where many ask at once, it', () => {
  let [reads, asked, wanted] = [0, 0, 1];
  /** Takes until so many have asked. */
  const server = buildMetricsServer(async () => {
    reads += 1;
    while (asked < wanted) await pause(5);
    return 'up 1\n';
  }, 'silent');
  server.server.on('request', () => (asked += 1));
  let port: number;
  const open: Socket[] = [];
  beforeAll(async () => {
    port = Number(new URL(await server.listen({ port: 0, host: '127.0.0.1' })).port);
  });
  afterEach(() => {
    for (const socket of open.splice(0)) socket.destroy();
  });
  afterAll(() => server.close());

  const request = 'GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n';
  const caller = () => {
    const socket = connect(port, '127.0.0.1').on('error', () => {});
    open.push(socket);
    return socket;
  };
  /** All that comes until the server closes the connection; nothing of one that it resets. */
  const answerTo = (socket: Socket, said: string) => {
    socket.write(said);
    return text(socket).catch(() => '');
  };

  it('reads the numbers once for all, answers a connection once, and closes it', async () => {
    [reads, asked, wanted] = [0, 0, 20];
    const answers = await Promise.all(Array.from({ length: 20 }, () => answerTo(caller(), request)));
    expect(answers.filter((answer) => !/^HTTP\/1\.1 200 OK\r\n.*^connection: close\r\n.*up 1\n$/ims.test(answer))).toEqual([]);
    expect(reads).toBe(1);
  });

  it('answers nobody who asks more of a connection, and reads no further', async () => {
    const socket = caller();
    expect(await answerTo(socket, request.repeat(20_000))).toBe('');
    expect(socket.bytesRead).toBe(0);
  });

  it('has 64 connections open, and lets another one in when one of them has ended', async () => {
    const held = await Promise.all(
      Array.from({ length: 64 }, async () => {
        const socket = caller();
        await once(socket, 'connect');
        return socket;
      }),
    );
    expect(await answerTo(caller(), request)).toBe('');
    held[0]?.destroy();
    await vi.waitFor(async () => expect(await answerTo(caller(), request)).toMatch(/^HTTP\/1\.1 200 /));
  });
});
