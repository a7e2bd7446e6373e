import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiWorld, apiWorld } from './api-world.js';

let world: ApiWorld;
beforeAll(async () => {
  world = await apiWorld();
});
afterAll(() => world.close());

describe('POST /clients', () => {
  it('registers a client of the person and answers its first secret, which no other answer holds', async () => {
    const { call, tokens, ada } = world;
    const created = await call('POST', '/clients', { token: tokens.ada, body: { client_name: 'Reports', redirect_uris: ['https://reports.example/cb'] } });
    expect(created).toMatchObject({
      status: 201,
      headers: { location: `http://localhost:3000/api/v1/clients/${created.body.client_id}` },
      body: { client_name: 'Reports', owner_id: ada.id, pkce: 'required', consent: 'ask', scope: 'default profile email offline_access' },
    });
    const shown = await call('GET', `/clients/${created.body.client_id}`, { token: tokens.ada });
    expect(shown.status).toBe(200);
    expect(shown.text).not.toContain(created.body.client_secret);
    expect(shown.body).toEqual({ ...created.body, client_secret: undefined });
    const authenticated = await world.server.inject({
      method: 'POST',
      url: '/oauth/introspect',
      payload: new URLSearchParams({ token: 'x', client_id: created.body.client_id, client_secret: created.body.client_secret }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(authenticated.json()).toEqual({ active: false });
  });

  it('gives a machine no scope that speaks of a person, unless it names it', async () => {
    const machine = { client_name: 'Nightly', grant_types: ['client_credentials'] };
    const made = async (more = {}) => (await world.call('POST', '/clients', { token: world.tokens.ada, body: { ...machine, ...more } })).body;
    expect(await made()).toMatchObject({ scope: 'default' });
    expect(await made({ scope: 'default profile' })).toMatchObject({ scope: 'default profile' });
  });

  it('answers everything that is wrong at once, each at its field (RFC 6901)', async () => {
    const body = {
      client_name: ' ',
      redirect_uris: ['https://a.example/#x'],
      scope: 'default nonsense',
      access_token_lifetime: 1,
      token_endpoint_auth_method: 'none',
      refresh: 'keep',
    };
    const { status, body: problem } = await world.call('POST', '/clients', { token: world.tokens.ada, body });
    expect(status).toBe(422);
    expect(problem).toMatchObject({ type: 'http://localhost:3000/api#problem-invalid-input', status: 422 });
    expect(problem.errors.map((error: { pointer: string }) => error.pointer)).toEqual([
      '/client_name',
      '/redirect_uris',
      '/scope',
      '/refresh',
      '/access_token_lifetime',
    ]);
  });

  it.each([
    ['a member that is not known', { client_name: 'A', secret: 'x', 'a/b~c': 1 }, ['/secret', '/a~1b~0c']],
    ['what only the server says', { client_name: 'A', client_id: 'mine', disabled_at: null }, ['/client_id', '/disabled_at']],
    ['no name', {}, ['/client_name']],
    ['wrong types', { client_name: 5, redirect_uris: 'https://a.example', grant_types: ['implicit'] }, ['/client_name', '/redirect_uris', '/grant_types/0']],
    ['a list', [], ['']],
    ['a null where nothing can be empty', { client_name: null }, ['/client_name']],
    ['a scope that is none (RFC 6749 §3.3)', { client_name: 'A', scope: 'a"b' }, ['/scope']],
    ['a number that is no whole one', { client_name: 'A', access_token_lifetime: 60.5 }, ['/access_token_lifetime']],
  ])('refuses %s at its pointer', async (_, body, pointers) => {
    const answer = await world.call('POST', '/clients', { token: world.tokens.ada, body });
    expect(answer.status).toBe(422);
    expect(answer.body.errors.map((error: { pointer: string }) => error.pointer)).toEqual(pointers);
  });

  it('lets only an administrator choose the owner, skip consent or hand out admin', async () => {
    const { call, tokens, bob } = world;
    const body = { client_name: 'A', redirect_uris: ['https://a.example/cb'] };
    for (const [change, pointer] of [
      [{ owner_id: bob.id }, '/owner_id'],
      [{ owner_id: null }, '/owner_id'],
      [{ consent: 'skip' }, '/consent'],
      [{ scope: 'admin' }, '/scope'],
    ] as const) {
      const refused = await call('POST', '/clients', { token: tokens.ada, body: { ...body, ...change } });
      expect([refused.status, refused.body.errors[0].pointer]).toEqual([422, pointer]);
      expect((await call('POST', '/clients', { token: tokens.admin, body: { ...body, ...change } })).status).toBe(201);
    }
  });

  it("gives what the operator makes to nobody, and an administrator's to the administrator", async () => {
    expect(await world.clientOf(world.tokens.operator)).toMatchObject({ owner_id: null });
    expect(await world.clientOf(world.tokens.admin)).toMatchObject({ owner_id: world.root.id });
  });
});

describe('PATCH /clients/{client_id} is a merge patch (RFC 7396)', () => {
  it.each(['application/merge-patch+json', 'application/json', 'application/json; charset=utf-8'])('as %s', async (type) => {
    const { call, tokens } = world;
    const { client_id, ...before } = await world.clientOf(tokens.ada, { description: 'about', access_token_lifetime: 600 });
    const body = { client_name: 'Renamed', description: null };
    const edited = await call('PATCH', `/clients/${client_id}`, { token: tokens.ada, body, headers: { 'content-type': type } });
    expect(edited).toMatchObject({ status: 200, body: { client_name: 'Renamed', description: null, access_token_lifetime: 600 } });
    expect(edited.body).toEqual({ ...before, client_id, client_name: 'Renamed', description: null, version: 2, client_secret: undefined });
    expect((await call('GET', `/clients/${client_id}`, { token: tokens.ada })).body).toEqual(edited.body);
  });

  it('changes nothing when one member cannot be saved', async () => {
    const { call, tokens } = world;
    const { client_id } = await world.clientOf(tokens.ada);
    const refused = await call('PATCH', `/clients/${client_id}`, {
      token: tokens.ada,
      body: { client_name: 'Renamed', redirect_uris: ['javascript:alert(1)'] },
    });
    expect([refused.status, refused.body.errors.map((error: { pointer: string }) => error.pointer)]).toEqual([422, ['/redirect_uris']]);
    expect((await call('GET', `/clients/${client_id}`, { token: tokens.ada })).body.client_name).toBe('Reports');
  });

  it('is refused when it names a version that is no longer, and is not without one', async () => {
    const { call, tokens } = world;
    const { client_id, version } = await world.clientOf(tokens.ada);
    const patch = (body: object) => call('PATCH', `/clients/${client_id}`, { token: tokens.ada, body });
    expect(await patch({ client_name: 'First', version })).toMatchObject({ status: 200, body: { version: version + 1 } });
    expect(await patch({ client_name: 'Second', version })).toMatchObject({ status: 409, body: { type: expect.stringMatching(/#problem-outdated$/) } });
    expect(await patch({ description: 'Third' })).toMatchObject({ status: 200, body: { client_name: 'First', description: 'Third', version: version + 2 } });
  });

  it('is refused as a form, with what would do (RFC 5789 §2.2)', async () => {
    const { client_id } = await world.clientOf(world.tokens.ada);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const refused = await world.call('PATCH', `/clients/${client_id}`, { token: world.tokens.ada, body: 'client_name=A', headers });
    expect(refused).toMatchObject({ status: 415, headers: { 'accept-patch': 'application/merge-patch+json, application/json' } });
  });
});

describe('A client', () => {
  it('is switched off and on again', async () => {
    const { call, tokens } = world;
    const { client_id } = await world.clientOf(tokens.ada);
    const off = await call('POST', `/clients/${client_id}/disable`, { token: tokens.ada });
    expect(off).toMatchObject({ status: 200, body: { disabled_at: expect.any(String), disabled_by: 'owner' } });
    expect(await call('POST', `/clients/${client_id}/enable`, { token: tokens.ada, body: {} })).toMatchObject({
      status: 200,
      body: { disabled_at: null, disabled_by: null },
    });
  });

  it('is switched on by an administrator alone when an administrator switched it off', async () => {
    const { call, tokens } = world;
    const { client_id } = await world.clientOf(tokens.ada);
    expect((await call('POST', `/clients/${client_id}/disable`, { token: tokens.admin })).body.disabled_by).toBe('house');
    const refused = await call('POST', `/clients/${client_id}/enable`, { token: tokens.ada });
    expect([refused.status, refused.body.errors]).toEqual([422, [{ pointer: '', detail: 'an administrator disabled this app; ask them' }]]);
    expect(await call('POST', `/clients/${client_id}/enable`, { token: tokens.admin })).toMatchObject({ status: 200, body: { disabled_at: null } });
  });

  it('loses every token when all are revoked, by its owner or an administrator and with both scopes, and can obtain new ones', async () => {
    const { call, tokens } = world;
    const { client_id } = await world.clientOf(tokens.ada);
    const at = `/clients/${client_id}/revoke-tokens`;
    expect((await call('GET', `/clients/${client_id}`, { token: tokens.ada })).body.own_tokens_revoked_at).toBeNull();
    expect((await call('POST', at, { token: tokens.bob })).status).toBe(404);
    const revoked = await call('POST', at, { token: tokens.ada });
    expect(revoked).toMatchObject({ status: 200, body: { grants: 0, own_tokens_revoked_at: expect.any(String) } });
    const { body } = await call('GET', `/clients/${client_id}`, { token: tokens.ada });
    expect(body).toMatchObject({ own_tokens_revoked_at: revoked.body.own_tokens_revoked_at, disabled_at: null });
    expect((await call('POST', at, { token: tokens.admin })).status).toBe(200);
  });

  it('is gone once it is deleted', async () => {
    const { call, tokens } = world;
    const { client_id } = await world.clientOf(tokens.ada);
    expect(await call('DELETE', `/clients/${client_id}`, { token: tokens.ada })).toMatchObject({ status: 204, text: '' });
    expect((await call('DELETE', `/clients/${client_id}`, { token: tokens.ada })).status).toBe(404);
    expect((await call('GET', `/clients/${client_id}`, { token: tokens.ada })).status).toBe(404);
  });

  it('has several secrets; adding and removing one leaves the others', async () => {
    const { call, tokens, ada } = world;
    const { client_id, secrets } = await world.clientOf(tokens.ada);
    const at = `/clients/${client_id}/secrets`;
    const added = await call('POST', at, { token: tokens.ada, body: { label: 'autumn', expires_at: '2999-01-01T00:00:00+02:00' } });
    expect(added).toMatchObject({ status: 201, body: { label: 'autumn', created_by: ada.id, expires_at: '2998-12-31T22:00:00.000Z' } });
    expect(added.body.client_secret.slice(-4)).toBe(added.body.last_four);
    const listed = await call('GET', at, { token: tokens.ada });
    expect(listed.text).not.toContain(added.body.client_secret);
    expect(listed.body.data.map((secret: { id: string }) => secret.id).sort()).toEqual([secrets[0]?.id, added.body.id].sort());
    expect((await call('DELETE', `${at}/${secrets[0]?.id}`, { token: tokens.ada })).status).toBe(204);
    expect((await call('DELETE', `${at}/${secrets[0]?.id}`, { token: tokens.ada })).status).toBe(404);
    expect((await call('GET', at, { token: tokens.ada })).body.data).toHaveLength(1);
  });

  it.each([
    ['an end that has passed', { expires_at: '2001-01-01T00:00:00Z' }, '/expires_at'],
    ['an end that is no moment', { expires_at: 'tomorrow' }, '/expires_at'],
    ['a day that does not exist', { expires_at: '2999-02-30T00:00:00Z' }, '/expires_at'],
    ['an empty label', { label: ' ' }, '/label'],
  ])('gets no secret with %s', async (_, body, pointer) => {
    const { client_id } = await world.clientOf(world.tokens.ada);
    const refused = await world.call('POST', `/clients/${client_id}/secrets`, { token: world.tokens.ada, body });
    expect([refused.status, refused.body.errors.map((error: { pointer: string }) => error.pointer)]).toEqual([422, [pointer]]);
  });

  it('that is public gets no secret', async () => {
    const { client_id, client_secret } = await world.clientOf(world.tokens.ada, { token_endpoint_auth_method: 'none' });
    expect(client_secret).toBeNull();
    const refused = await world.call('POST', `/clients/${client_id}/secrets`, { token: world.tokens.ada, body: {} });
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer: '', detail: expect.stringContaining('public') }] } });
  });
});
