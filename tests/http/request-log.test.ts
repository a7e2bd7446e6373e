import { afterEach, expect, it } from 'vitest';
import { testServer } from '../support/test-server.js';

/** As pino writes them. */
const numbers = { fatal: 60, error: 50, warn: 40, info: 30, debug: 20, trace: 10 };

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

it('names the request in each of its lines', async () => {
  const { server, log, close } = await testServer();
  cleanups.push(close);
  for (const url of ['/oauth/token', '/oauth/introspect']) await server.inject({ method: 'POST', url });
  const lines = log.map((line) => JSON.parse(line)).filter(({ reqId }) => reqId !== undefined);
  expect(lines.map(({ msg, path, reqId }) => [msg, path ?? null, reqId])).toEqual([
    ['request refused', null, 'req-1'],
    ['answered', '/oauth/token', 'req-1'],
    ['request refused', null, 'req-2'],
    ['answered', '/oauth/introspect', 'req-2'],
  ]);
});

it.each(['fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const)('writes at the level %s', async (level) => {
  const { server, log, close } = await testServer();
  cleanups.push(close);
  server.get('/written', async (request) => {
    request.log[level]({ detail: 'some' }, 'written');
    request.log.child({ part: 'one' })[level]('of a part');
    return {};
  });
  await server.inject('/written');
  const lines = log.map((line) => JSON.parse(line)).filter(({ msg }) => msg !== 'answered');
  expect(lines.map(({ level, reqId, msg, detail, part }) => ({ level, reqId, msg, detail, part }))).toEqual([
    { level: numbers[level], reqId: 'req-1', msg: 'written', detail: 'some' },
    { level: numbers[level], reqId: 'req-1', msg: 'of a part', part: 'one' },
  ]);
});

it('has a form without its token, or with a wrong one, among what is refused, and not among what an operator has to mend', async () => {
  const { server, log, close } = await testServer();
  cleanups.push(close);
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const { cookies } = await server.inject('/sign-in');
  for (const jar of [{}, Object.fromEntries(cookies.map(({ name, value }) => [name, value]))]) {
    const { statusCode } = await server.inject({ method: 'POST', url: '/sign-in', headers, cookies: jar, payload: 'email=a&_csrf=wrong' });
    expect(statusCode).toBe(403);
  }
  const told = log.map((line) => JSON.parse(line)).filter(({ msg }) => /csrf/i.test(msg));
  expect(told.map(({ msg, level }) => [msg, level])).toEqual([
    ['Missing csrf secret', numbers.info],
    ['Invalid csrf token', numbers.info],
  ]);
});
