import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestStorage, testStorage } from '../support/test-storage.js';
import { type ApiWorld, apiWorld } from './api-world.js';
import { breakable } from './breakable.js';

let own: TestStorage;
let clients: ReturnType<typeof breakable<TestStorage['storage']['clients']>>;
let world: ApiWorld;
beforeAll(async () => {
  own = await testStorage();
  clients = breakable(own.storage.clients);
  world = await apiWorld({ storage: { ...own.storage, clients: clients.repository } });
});
afterAll(async () => {
  await world.close();
  await own.close();
});

const newKey = () => randomUUID();
const named = (client_name: string) => ({ client_name, redirect_uris: ['https://a.example/cb'] });
const create = (key: string, body: unknown, token = world.tokens.ada, path = '/clients') =>
  world.call('POST', path, { token, body, headers: { 'idempotency-key': key } });
const count = async (name: string) =>
  (await world.call('GET', '/clients?limit=100', { token: world.tokens.admin })).body.data.filter((one: { client_name: string }) => one.client_name === name)
    .length;

describe('A creation with an Idempotency-Key', () => {
  it('is done once, and answered with the same secret again', async () => {
    const key = newKey();
    const first = await create(key, named('Once'));
    const again = await create(key, named('Once'));
    expect(first.status).toBe(201);
    expect(first.body.client_secret).toMatch(/^kw_cs_/);
    expect([again.status, again.text, again.headers.location]).toEqual([201, first.text, first.headers.location]);
    expect(await count('Once')).toBe(1);
  });

  it('is the same request however its members are ordered and spaced', async () => {
    const key = newKey();
    const first = await create(key, '{"client_name":"Spaced","redirect_uris":["https://a.example/cb"]}');
    const again = await create(key, '{ "redirect_uris": ["https://a.example/cb"],\n "client_name": "Spaced" }');
    expect(again.text).toBe(first.text);
  });

  it('is refused when the key belongs to another body, or to another operation', async () => {
    const key = newKey();
    const { body } = await create(key, named('Mine'));
    const refusal = { status: 422, body: { type: expect.stringContaining('#problem-key-reused') } };
    expect(await create(key, named('Another'))).toMatchObject(refusal);
    expect(await create(key, {}, world.tokens.ada, `/clients/${body.client_id}/secrets`)).toMatchObject(refusal);
    expect(await count('Another')).toBe(0);
  });

  it('is done once when ten come at the same moment; the others wait or get the same answer', async () => {
    const key = newKey();
    const answers = await Promise.all(Array.from({ length: 10 }, () => create(key, named('Raced'))));
    expect(answers.filter(({ status }) => status !== 201 && status !== 409)).toEqual([]);
    for (const { status, headers } of answers) if (status === 409) expect(headers['retry-after']).toBe('1');
    expect(new Set(answers.filter(({ status }) => status === 201).map(({ text }) => text)).size).toBe(1);
    expect(await count('Raced')).toBe(1);
  });

  it('is told, while the first one has no answer, when to ask again and for how long that can be', async () => {
    const key = newKey();
    const { called, release } = clients.hold('add');
    const first = create(key, named('Slow'));
    await called;
    const body = { type: expect.stringContaining('#problem-request-running'), detail: expect.stringMatching(/no answer yet.* a minute/) };
    expect(await create(key, named('Slow'))).toMatchObject({ status: 409, headers: { 'retry-after': '1' }, body });
    release();
    clients.mend();
    const { status, text } = await first;
    expect([status, (await create(key, named('Slow'))).text]).toEqual([201, text]);
  });

  it("never shows one caller another's answer: neither another person, nor another app of the same person", async () => {
    const key = newKey();
    const first = await create(key, named('Private'));
    const app = await world.clientOf(world.tokens.operator, { scope: 'clients:write' });
    const elsewhere = await world.tokenOf(world.ada, ['clients:write'], { client: { id: app.client_id, secret: app.client_secret } });
    for (const token of [world.tokens.bob, elsewhere]) {
      const other = await create(key, named('Private'), token);
      expect(other.status).toBe(201);
      expect(other.body.client_id).not.toBe(first.body.client_id);
      expect(other.body.client_secret).not.toBe(first.body.client_secret);
    }
  });

  it('serves a secret and a person too', async () => {
    const { client_id } = await world.clientOf(world.tokens.ada);
    const key = newKey();
    const path = `/clients/${client_id}/secrets`;
    expect((await create(key, { label: 'x' }, world.tokens.ada, path)).text).toBe((await create(key, { label: 'x' }, world.tokens.ada, path)).text);
    expect((await world.call('GET', path, { token: world.tokens.ada })).body.data).toHaveLength(2);
    const person = { email: 'grace@example.com', password: 'correct horse battery staple' };
    const another = newKey();
    const made = await create(another, person, world.tokens.admin, '/users');
    expect(made.status).toBe(201);
    expect((await create(another, person, world.tokens.admin, '/users')).text).toBe(made.text);
  });

  it('that failed may be mended or tried again with the same key', async () => {
    const key = newKey();
    expect((await create(key, named(' '))).status).toBe(422);
    clients.fail('add', new Error('broken'));
    expect((await create(key, named('Retried'))).status).toBe(500);
    clients.mend();
    expect((await create(key, named('Retried'))).status).toBe(201);
    expect(await count('Retried')).toBe(1);
  });

  it('is remembered for 24 hours', async () => {
    const key = newKey();
    const { client } = await world.createClient({ name: 'Night shift', grantTypes: ['client_credentials'], scopes: ['clients:write', 'admin'] });
    const fresh = () => world.tokenOfClient(client, ['clients:write', 'admin']);
    const first = await create(key, named('Daily'), await fresh());
    world.clock.pass(24 * 3600 - 1);
    expect((await create(key, named('Daily'), await fresh())).text).toBe(first.text);
    world.clock.pass(1);
    expect((await create(key, named('Daily'), await fresh())).body.client_id).not.toBe(first.body.client_id);
  });
});

describe('An Idempotency-Key', () => {
  it.each(['', ' ', 'a b', 'ü', 'x'.repeat(256)])('of %j is refused', async (key) => {
    expect((await create(key, named('Never'), await world.tokenOfClient(world.machine.client, ['clients:write', 'admin']))).status).toBe(400);
  });
});
