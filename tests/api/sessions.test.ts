import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiWorld, apiWorld } from './api-world.js';
import { sessionOf } from './target.js';

let world: ApiWorld;
beforeAll(async () => {
  world = await apiWorld();
});
afterAll(() => world.close());

const idsOf = async (path: string, token: string) =>
  ((await world.call('GET', `${path}?limit=100`, { token })).body.data as { id: string }[]).map(({ id }) => id);

describe('Sessions', () => {
  it('are listed to their person, and to an administrator below that person', async () => {
    const { call, tokens, ada } = world;
    const id = await sessionOf(world);
    const { body } = await call('GET', '/sessions?limit=100', { token: tokens.ada });
    expect(body.data).toContainEqual({
      id,
      browser: 'Firefox on Windows',
      address: '192.0.2.7',
      method: 'password',
      created_at: expect.any(String),
      authenticated_at: expect.any(String),
      last_seen_at: expect.any(String),
      expires_at: expect.any(String),
    });
    expect(await idsOf('/sessions', tokens.bob)).not.toContain(id);
    for (const token of [tokens.admin, tokens.operator]) expect(await idsOf(`/users/${ada.id}/sessions`, token)).toContain(id);
    expect((await call('GET', `/users/${ada.id}/sessions`, { token: tokens.ada })).status).toBe(403);
  });

  it('are ended one by one by their person, and by nobody else', async () => {
    const { call, tokens } = world;
    const id = await sessionOf(world);
    for (const token of [tokens.bob, tokens.admin]) expect((await call('DELETE', `/sessions/${id}`, { token })).status).toBe(404);
    expect((await call('DELETE', `/sessions/${id}`, { token: tokens.ada })).status).toBe(204);
    expect((await call('DELETE', `/sessions/${id}`, { token: tokens.ada })).status).toBe(404);
    expect(await idsOf('/sessions', tokens.ada)).not.toContain(id);
  });

  it('are all ended by their person or an administrator, who leave the tokens of apps alone', async () => {
    const { call, tokens, ada } = world;
    for (const [path, token] of [
      ['/sessions', tokens.ada],
      [`/users/${ada.id}/sessions`, tokens.admin],
      [`/users/${ada.id}/sessions`, tokens.operator],
    ] as const) {
      await sessionOf(world);
      expect((await call('DELETE', path, { token })).status).toBe(204);
      expect(await idsOf('/sessions', tokens.ada)).toEqual([]);
    }
  });

  it.each(['GET /sessions', 'DELETE /sessions', 'DELETE /sessions/x'])('are nothing that the house has: %s', async (name) => {
    const [method = '', path = ''] = name.split(' ');
    expect((await world.call(method, path, { token: world.tokens.operator })).status).toBe(403);
  });
});

describe('A person', () => {
  it('is deleted with the clients they registered, and is nobody afterwards', async () => {
    const { call, tokens } = world;
    const grace = await world.person('api-grace@example.com');
    const token = await world.tokenOf(grace);
    const { client_id } = await world.clientOf(token);
    expect((await call('DELETE', `/users/${grace.id}`, { token: tokens.admin })).status).toBe(204);
    expect((await call('GET', '/sessions', { token })).status).toBe(401);
    for (const path of [`/users/${grace.id}`, `/clients/${client_id}`]) expect((await call('GET', path, { token: tokens.operator })).status).toBe(404);
    expect((await call('DELETE', `/users/${grace.id}`, { token: tokens.admin })).status).toBe(404);
    expect((await call('POST', '/users', { token: tokens.admin, body: { email: 'api-grace@example.com', password: 'another long one' } })).status).toBe(201);
  });
});
