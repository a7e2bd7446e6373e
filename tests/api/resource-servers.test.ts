import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ApiWorld, apiWorld } from './api-world.js';

let world: ApiWorld;
beforeAll(async () => {
  world = await apiWorld();
});
afterAll(() => world.close());

let made = 0;
const given = async (settings: Record<string, unknown> = {}) => {
  made += 1;
  const body = { identifier: `https://api-${made}.example`, name: 'Invoices', ...settings };
  const { status, body: server, text } = await world.call('POST', '/resource-servers', { token: world.tokens.admin, body });
  if (status !== 201) throw new Error(text);
  return server;
};
const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  world.call(method, `/resource-servers${path}`, { token: world.tokens.admin, body, headers });
const introspects = async (id: string, secret: string) => {
  const payload = new URLSearchParams({ token: world.tokens.ada, client_id: id, client_secret: secret }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return (await world.server.inject({ method: 'POST', url: '/oauth/introspect', payload, headers })).statusCode;
};

it('registers one, and answers its first secret, which no other answer holds and which opens introspection', async () => {
  const scopes = [{ name: 'bills:read', sentence: 'See your bills' }];
  const { secret, ...server } = await given({ scopes, token_format: 'jwt', signing_algorithm: 'EdDSA' });
  expect(server).toMatchObject({ name: 'Invoices', scopes, token_format: 'jwt', signing_algorithm: 'EdDSA', version: 1 });
  const shown = await call('GET', `/${server.resource_server_id}`);
  expect(shown.body).toEqual(server);
  expect((await call('GET', '')).body.data).toContainEqual(server);
  expect(shown.text + (await call('GET', `/${server.resource_server_id}/secrets`)).text).not.toContain(secret);
  expect(await introspects(server.resource_server_id, secret)).toBe(200);
  // What it owns can be given to a client from now on.
  expect((await world.clientOf(world.tokens.ada, { scope: 'bills:read' })).client_id).toMatch(/./);
});

it('answers the same again for the same Idempotency-Key, the secret included', async () => {
  const ask = () => call('POST', '', { identifier: 'https://once.example', name: 'Once' }, { 'idempotency-key': 'one' });
  const [first, second] = [await ask(), await ask()];
  expect(second.body).toEqual(first.body);
});

it('answers everything that is wrong at once, each at its field, and registers nothing', async () => {
  const refused = await call('POST', '', { identifier: 'http://localhost:3000/api', name: '', scopes: [{ name: 'admin', sentence: 'Rule' }] });
  expect([refused.status, refused.body.errors.map((error: { pointer: string }) => error.pointer)]).toEqual([422, ['/identifier', '/name', '/scopes']]);
  const { identifier } = await given();
  const taken = await call('POST', '', { identifier: `${identifier}/`, name: 'The same' });
  expect(taken.body.errors).toMatchObject([{ pointer: '/identifier', detail: 'is registered already' }]);
});

it('changes what is named, and nothing where it was changed since it was read', async () => {
  const { secret: _, ...server } = await given({ scopes: [{ name: 'a:read', sentence: 'See a' }] });
  const path = `/${server.resource_server_id}`;
  const edited = await call('PATCH', path, { name: 'Renamed', version: server.version });
  expect(edited.body).toEqual({ ...server, name: 'Renamed', version: 2 });
  const late = await call('PATCH', path, { scopes: [], version: server.version });
  expect(late).toMatchObject({ status: 409, body: { type: expect.stringContaining('#problem-outdated') } });
  expect((await call('GET', path)).body).toEqual(edited.body);
  expect((await call('PATCH', path, { identifier: 'https://other.example' })).body.errors).toMatchObject([{ pointer: '/identifier' }]);
});

it('adds a secret beside the others, with a label and a last moment, and removes one at once', async () => {
  const server = await given();
  const path = `/${server.resource_server_id}/secrets`;
  const added = await call('POST', path, { label: 'blue', expires_at: '2099-01-01T00:00:00Z' });
  expect(added).toMatchObject({ status: 201, body: { label: 'blue', expires_at: '2099-01-01T00:00:00.000Z', advice: 'unused', created_by: world.root.id } });
  expect([await introspects(server.resource_server_id, server.secret), await introspects(server.resource_server_id, added.body.secret)]).toEqual([200, 200]);
  expect((await call('DELETE', `${path}/${server.secrets[0].id}`)).status).toBe(204);
  expect([await introspects(server.resource_server_id, server.secret), await introspects(server.resource_server_id, added.body.secret)]).toEqual([401, 200]);
  expect((await call('GET', path)).body.data.map(({ label }: { label: string }) => label)).toEqual(['blue']);
  expect((await call('POST', path, { label: '', expires_at: '2001-01-01T00:00:00Z' })).body.errors).toMatchObject([
    { pointer: '/label' },
    { pointer: '/expires_at' },
  ]);
});

it('removes one: its credentials open nothing any more, and its scopes are nobody’s', async () => {
  const server = await given({ scopes: [{ name: 'gone:read', sentence: 'See what is gone' }] });
  const { client_id: id } = await world.clientOf(world.tokens.ada, { scope: 'default gone:read' });
  expect((await call('DELETE', `/${server.resource_server_id}`)).status).toBe(204);
  expect((await call('GET', `/${server.resource_server_id}`)).status).toBe(404);
  expect(await introspects(server.resource_server_id, server.secret)).toBe(401);
  await expect(world.clientOf(world.tokens.ada, { scope: 'gone:read' })).rejects.toThrow('is not a scope of this server');
  // A client that had one can still be changed, by whoever does not name the scopes.
  const edited = await world.call('PATCH', `/clients/${id}`, { token: world.tokens.ada, body: { client_name: 'Renamed' } });
  expect(edited).toMatchObject({ status: 200, body: { client_name: 'Renamed' } });
});
