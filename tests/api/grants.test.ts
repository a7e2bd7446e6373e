import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UsageJournal } from '../../src/application/operations/usage-journal.js';
import { newClientId } from '../../src/domain/clients/client.js';
import { uuid7 } from '../../src/domain/tokens/uuid7.js';
import { type ApiWorld, apiWorld } from './api-world.js';
import { grantOf } from './target.js';

let world: ApiWorld;
beforeAll(async () => {
  world = await apiWorld();
});
afterAll(() => world.close());

/** A client of ada's with which the person has connected, and the token it got. */
async function connected(person = world.ada, owner = world.tokens.ada) {
  const { client_id, client_secret } = await world.clientOf(owner, { scope: 'default email' });
  return { client_id, token: await world.tokenOf(person, ['default', 'email'], { client: { id: client_id, secret: client_secret } }) };
}

const me = (token: string) => world.server.inject({ url: '/oauth/me', headers: { authorization: `Bearer ${token}` } });

describe('A connected app', () => {
  it('is listed and shown to the person for whom it acts, and to nobody else', async () => {
    const { call, tokens, ada } = world;
    const { client_id } = await connected();
    const shown = await call('GET', `/connected-apps/${client_id}`, { token: tokens.ada });
    expect(shown).toMatchObject({
      status: 200,
      body: { client_id, client_name: 'Reports', active: true, scope: 'default email', expires_at: null, last_used_at: null, used_scope: '' },
    });
    expect((await call('GET', '/connected-apps?limit=100', { token: tokens.ada })).body.data).toContainEqual(shown.body);
    for (const token of [tokens.bob, tokens.admin]) {
      const others = await call('GET', `/connected-apps/${client_id}`, { token });
      expect(others.text).toBe((await call('GET', `/connected-apps/${newClientId()}`, { token })).text);
      expect((await call('GET', '/connected-apps?limit=100', { token })).text).not.toContain(client_id);
    }
    expect((await call('GET', `/clients/${client_id}/grants`, { token: tokens.ada })).body.data).toMatchObject([
      { client_id, user_id: ada.id, scope: 'default email' },
    ]);
  });

  it('is disconnected with every token it holds, by its person only', async () => {
    const { call, tokens } = world;
    const { client_id, token } = await connected();
    expect((await call('DELETE', `/connected-apps/${client_id}`, { token: tokens.bob })).status).toBe(204);
    expect((await call('DELETE', `/connected-apps/${client_id}`, { token: tokens.admin })).status).toBe(204);
    expect((await me(token)).statusCode).toBe(200);
    expect((await call('DELETE', `/connected-apps/${client_id}`, { token: tokens.ada })).status).toBe(204);
    expect((await me(token)).statusCode).toBe(401);
    expect((await call('DELETE', `/connected-apps/${client_id}`, { token: tokens.ada })).status).toBe(204);
  });

  it('that acts no more is shown with what was agreed to, until that is forgotten', async () => {
    const { call, tokens, ada, storage } = world;
    const { client_id } = await connected();
    const [{ id }] = (await call('GET', `/clients/${client_id}/grants`, { token: tokens.ada })).body.data;
    const agreed = await storage.consents.find(ada.id, client_id);
    await storage.grants.revoke(id, 'revoked_by_client', new Date());
    const shown = await call('GET', `/connected-apps/${client_id}`, { token: tokens.ada });
    expect(shown).toMatchObject({
      status: 200,
      body: { active: false, scope: 'default email', since: agreed?.givenAt.toISOString(), expires_at: null, last_used_at: null, used_scope: '' },
    });
    expect((await call('GET', '/connected-apps?limit=100', { token: tokens.ada })).body.data).toContainEqual(shown.body);
    expect((await call('GET', `/connected-apps/${client_id}`, { token: tokens.bob })).status).toBe(404);
    expect((await call('GET', `/clients/${client_id}/reach`, { token: tokens.ada })).body).toEqual({ people: 0, grants: 0, more: false });

    expect((await call('DELETE', `/connected-apps/${client_id}`, { token: tokens.ada })).status).toBe(204);
    expect((await call('GET', `/connected-apps/${client_id}`, { token: tokens.ada })).status).toBe(404);
    expect(await storage.consents.find(ada.id, client_id)).toBeNull();
    expect((await call('DELETE', `/connected-apps/${client_id}`, { token: tokens.ada })).status).toBe(204);
  });

  it('that acts comes on all pages before those that are only remembered, behind cursors that say nothing', async () => {
    const { call, storage, person, tokenOf } = world;
    const cleo = await person('api-cleo@example.com');
    const token = await tokenOf(cleo, ['grants:read']);
    const made = [await connected(cleo), await connected(cleo), await connected(cleo)].map(({ client_id }) => client_id).sort();
    const [formerly = '', ...acting] = made;
    await storage.grants.revokeAll({ userId: cleo.id, clientId: formerly }, 'revoked_by_client', new Date());
    const seen: [string, boolean][] = [];
    for (let query = '?limit=1'; query !== ''; ) {
      const { body } = await call('GET', `/connected-apps${query}`, { token });
      seen.push(...body.data.map((app: { client_id: string; active: boolean }) => [app.client_id, app.active]));
      query = body.next_cursor === null ? '' : `?limit=1&cursor=${body.next_cursor}`;
    }
    const all = [...acting, world.console.id].sort();
    expect(seen).toEqual([...all.map((id) => [id, true]), [formerly, false]]);
  });

  it.each(['GET /connected-apps', 'GET /connected-apps/x', 'DELETE /connected-apps/x'])('is nothing that the house has: %s', async (name) => {
    const [method = '', path = ''] = name.split(' ');
    expect(await world.call(method, path, { token: world.tokens.operator })).toMatchObject({
      status: 403,
      body: { type: expect.stringContaining('#problem-forbidden') },
    });
  });
});

describe('A grant', () => {
  it('of others is answered exactly as if there were none', async () => {
    const { call, tokens } = world;
    const foreign = await call('DELETE', `/grants/${await grantOf(world)}`, { token: tokens.bob });
    const none = await call('DELETE', `/grants/${uuid7(new Date())}`, { token: tokens.bob });
    expect(foreign.status).toBe(404);
    expect(foreign.text).toBe(none.text);
  });

  it.each(['ada', 'admin', 'operator'] as const)('is ended by %s, and by doing it again', async (who) => {
    const { call, tokens } = world;
    const { client_id, token } = await connected(world.ada, tokens.admin);
    const { body } = await call('GET', `/clients/${client_id}/grants`, { token: tokens.operator });
    expect((await call('DELETE', `/grants/${body.data[0].id}`, { token: tokens[who] })).status).toBe(204);
    expect((await me(token)).statusCode).toBe(401);
    expect((await call('DELETE', `/grants/${body.data[0].id}`, { token: tokens[who] })).status).toBe(204);
    expect((await call('GET', `/clients/${client_id}/grants`, { token: tokens.operator })).body.data).toEqual([]);
  });

  it('is ended by the owner of the client to which somebody gave it', async () => {
    const { call, tokens, bob } = world;
    const { client_id, token } = await connected(bob);
    expect((await call('GET', `/clients/${client_id}/reach`, { token: tokens.ada })).body).toEqual({ people: 1, grants: 1, more: false });
    const { body } = await call('GET', `/clients/${client_id}/grants`, { token: tokens.ada });
    expect((await call('DELETE', `/grants/${body.data[0].id}`, { token: tokens.ada })).status).toBe(204);
    expect((await me(token)).statusCode).toBe(401);
    expect((await call('GET', `/clients/${client_id}/reach`, { token: tokens.ada })).body).toEqual({ people: 0, grants: 0, more: false });
  });
});

describe('What a client may do here', () => {
  it('is told as used once it was used', async () => {
    const { call, tokens, container, ada } = world;
    const { client_id, client_secret } = await world.clientOf(tokens.operator, { scope: 'clients:read grants:read' });
    const token = await world.tokenOf(ada, ['clients:read', 'grants:read'], { client: { id: client_id, secret: client_secret } });
    expect((await call('GET', '/clients', { token })).status).toBe(200);
    await container.resolve(UsageJournal).flush();
    expect((await call('GET', `/connected-apps/${client_id}`, { token: tokens.ada })).body).toMatchObject({
      used_scope: 'clients:read',
      last_used_at: expect.any(String),
    });
    const { body } = await call('GET', `/clients/${client_id}/secrets`, { token: tokens.operator });
    expect(body.data).toMatchObject([{ advice: 'in_use', last_used_at: expect.any(String) }]);
  });
});
