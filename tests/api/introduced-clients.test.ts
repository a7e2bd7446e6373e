import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everythingDescribed, introducedClient, introducedIds, introductionWords } from '../support/introduced.js';
import { type ApiWorld, apiWorld } from './api-world.js';

let world: ApiWorld;
beforeAll(async () => {
  world = await apiWorld({ clientMetadata: everythingDescribed, env: { CLIENT_REGISTRATION: 'any' } });
  for (const id of introducedIds) await world.storage.clients.add(introducedClient(id));
});
afterAll(() => world.close());

describe.each(introducedIds)('Over the API, a client that introduces itself: %s', (id) => {
  const path = `/clients/${encodeURIComponent(id)}`;
  const call = (method: string, rest = '', body?: unknown) =>
    world.call(method, path + rest, { token: world.tokens.admin, ...(body !== undefined && { body }) });

  it('is shown and listed by its identifier', async () => {
    expect(await call('GET')).toMatchObject({ status: 200, body: { client_id: id, client_name: 'Claude Code', owner_id: null, secrets: [] } });
    const { body } = await world.call('GET', '/clients', { token: world.tokens.admin });
    expect(body.data.map((client: { client_id: string }) => client.client_id)).toContain(id);
  });

  it('is switched off and on, and its access counted and ended', async () => {
    expect((await call('POST', '/disable')).body.disabled_by).toBe('house');
    expect((await call('POST', '/enable')).body.disabled_at).toBeNull();
    expect((await call('GET', '/reach')).body).toEqual({ people: 0, grants: 0, more: false });
    expect((await call('GET', '/grants')).body.data).toEqual([]);
    expect((await call('GET', '/secrets')).body.data).toEqual([]);
    expect((await call('POST', '/revoke-tokens')).body.grants).toBe(0);
  });

  it('is neither changed nor deleted, and it is said why', async () => {
    const { sentence } = introductionWords(id);
    const because = (reason: string) => ({ status: 422, body: { errors: [{ pointer: '', detail: `this app ${sentence}: ${reason}` }] } });
    expect(await call('PATCH', '', { client_name: 'Mine now' })).toMatchObject(because('its settings are what it says of itself'));
    expect(await call('DELETE')).toMatchObject(because('it would be back with the next person who allows it; disable it instead'));
    expect((await call('GET')).body.client_name).toBe('Claude Code');
  });

  it('gets no secret: it is public (RFC 6749 §2.1)', async () => {
    expect((await call('POST', '/secrets', { label: 'mine' })).status).toBe(422);
  });

  it('is there for nobody else', async () => {
    for (const rest of ['', '/grants', '/reach']) expect((await world.call('GET', path + rest, { token: world.tokens.ada })).status).toBe(404);
    expect((await world.call('DELETE', path, { token: world.tokens.ada })).status).toBe(404);
  });

  it('is a connected app of whoever allowed it, until they disconnect it', async () => {
    const { tokens, ada, bob } = world;
    for (const person of [ada, bob]) await world.tokenOf(person, ['profile'], { client: { id, secret: '' } });
    const connected = `/connected-apps/${encodeURIComponent(id)}`;
    expect((await world.call('GET', connected, { token: tokens.ada })).body).toMatchObject({ client_id: id, active: true });
    const [{ headers }, { body: all }] = [await call('GET', '/grants?limit=1'), await call('GET', '/grants')];
    expect(all.data.map((grant: { client_id: string }) => grant.client_id)).toEqual([id, id]);
    const [, next = ''] = /^<.*\/api\/v1(.*)>; rel="next"$/.exec(String(headers.link)) ?? [];
    expect((await world.call('GET', next, { token: tokens.admin })).body.data).toEqual([all.data[1]]);
    expect((await world.call('DELETE', connected, { token: tokens.ada })).status).toBe(204);
    expect((await world.call('GET', connected, { token: tokens.ada })).status).toBe(404);
  });
});

it('The document says that an identifier may be an address', () => {
  const { Client, ConnectedApp, Grant } = world.caller.document.components.schemas;
  for (const schema of [Client, ConnectedApp, Grant]) expect(schema?.properties?.client_id?.description).toContain('Client ID Metadata Document');
});
