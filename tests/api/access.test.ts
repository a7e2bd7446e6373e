import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiScopes } from '../../src/domain/api-scope.js';
import { operations } from '../../src/interfaces/api/operations.js';
import { forgedToken } from '../support/forged-token.js';
import { type ApiWorld, apiWorld } from './api-world.js';
import { type Target, target } from './target.js';

let world: ApiWorld;
beforeAll(async () => {
  world = await apiWorld();
});
afterAll(() => world.close());

const table = operations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const);
const ofClients = table.filter(([, operation]) => operation.path.startsWith('/clients/'));
const forAdministrators = table.filter(([, operation]) => operation.forAdministrators);

/** What is there of `{…}` in a path, for the person who owns it. */
const targetOf = (name: string): Promise<Target> => target(world, name);

describe.each(table)('%s', (name, { method, scopes }) => {
  it('is refused without a token, with a challenge that names the API and no error code (RFC 6750 §3, §3.1)', async () => {
    const { path, body } = await targetOf(name);
    const challenge = `Bearer realm="${world.issuer}/api/v1"`;
    expect(await world.call(method, path, { body })).toMatchObject({ status: 401, headers: { 'www-authenticate': challenge } });
  });

  it('is refused with a token that is not one of this server, as invalid_token (RFC 6750 §3.1)', async () => {
    const { path, body } = await targetOf(name);
    const refused = await world.call(method, path, { body, token: forgedToken(world.tokens.admin) });
    expect(refused).toMatchObject({ status: 401, headers: { 'www-authenticate': expect.stringMatching(/^Bearer realm="[^"]+", error="invalid_token"/) } });
  });

  it('is refused with every scope but the one it needs, which the challenge names (RFC 6750 §3.1)', async () => {
    const { path, body } = await targetOf(name);
    const token = await world.tokenOf(world.root, ['default', ...apiScopes.filter((scope) => !scopes.includes(scope))]);
    const challenge = `scope="${scopes.join(' ')}"`;
    expect(await world.call(method, path, { body, token })).toMatchObject({ status: 403, headers: { 'www-authenticate': expect.stringContaining(challenge) } });
  });

  it('is refused with a token for another resource (RFC 8707 §2)', async () => {
    const { path, body } = await targetOf(name);
    const token = await world.tokenOf(world.root, apiScopes, { resource: 'https://mcp.example' });
    expect((await world.call(method, path, { body, token })).status).toBe(401);
  });

  it("is refused to a client of somebody's that acts for itself, whatever its scopes", async () => {
    const { path, body } = await targetOf(name);
    const token = await world.tokenOfClient(await world.owned(), apiScopes);
    const refused = await world.call(method, path, { body, token });
    expect(refused).toMatchObject({ status: 403, body: { type: expect.stringContaining('#problem-forbidden') } });
  });

  it('is refused to a client of the house without the scope admin', async () => {
    const { path, body } = await targetOf(name);
    const token = await world.tokenOfClient(
      world.machine.client,
      apiScopes.filter((scope) => scope !== 'admin'),
    );
    expect((await world.call(method, path, { body, token })).status).toBe(403);
  });
});

describe.each(ofClients)("%s of somebody else's client", (name, { method, scopes }) => {
  it('is answered exactly as if there were none', async () => {
    const { path, missing, body } = await targetOf(name);
    const foreign = await world.call(method, path, { body, token: world.tokens.bob });
    const none = await world.call(method, missing, { body, token: world.tokens.bob });
    expect(foreign.status).toBe(404);
    expect([foreign.text, { ...foreign.headers, date: '' }]).toEqual([none.text, { ...none.headers, date: '' }]);
  });

  it('is not there for an administrator whose token lacks admin', async () => {
    const { path, body } = await targetOf(name);
    const token = await world.tokenOf(world.root, scopes);
    expect((await world.call(method, path, { body, token })).status).toBe(404);
  });

  it('is not there for a person whose token has admin but who is no administrator', async () => {
    const { path, body } = await targetOf(name);
    const token = await world.tokenOf(world.bob, [...scopes, 'admin']);
    expect((await world.call(method, path, { body, token })).status).toBe(404);
  });

  it.each(['admin', 'operator'] as const)('is open to the %s', async (who) => {
    const { path, body } = await targetOf(name);
    expect((await world.call(method, path, { body, token: world.tokens[who] })).status).toBeLessThan(300);
  });

  it('is open to its owner', async () => {
    const { path, body } = await targetOf(name);
    expect((await world.call(method, path, { body, token: world.tokens.ada })).status).toBeLessThan(300);
  });
});

describe.each(forAdministrators)('%s', (name, { method }) => {
  it('is forbidden to a person who is no administrator, though the token has admin', async () => {
    const { path, body } = await targetOf(name);
    expect(await world.call(method, path, { body, token: world.tokens.ada })).toMatchObject({
      status: 403,
      body: { type: expect.stringContaining('#problem-forbidden') },
    });
  });

  it.each(['admin', 'operator'] as const)('is open to the %s', async (who) => {
    const { path, body } = await targetOf(name);
    expect((await world.call(method, path, { body, token: world.tokens[who] })).status).toBeLessThan(300);
  });
});

describe('A token', () => {
  it('for this API by its address is good (RFC 8707 §2)', async () => {
    const token = await world.tokenOf(world.ada, ['clients:read'], { resource: 'http://localhost:3000/api/v1' });
    expect((await world.call('GET', '/clients', { token })).status).toBe(200);
  });

  it('in the address is not read, be there one in the header or not (RFC 9700 §4.3.2, RFC 6750 §3)', async () => {
    for (const token of [{}, { token: world.tokens.ada }]) {
      const refused = await world.call('GET', `/clients?access_token=${world.tokens.ada}`, token);
      expect(refused).toMatchObject({ status: 400, body: { detail: 'send the access token in the Authorization header, never in the address' } });
      expect(refused.headers['www-authenticate']).toBe(`Bearer realm="${world.issuer}/api/v1", error="invalid_request"`);
      expect(refused.text).not.toContain(world.tokens.ada);
    }
  });

  it('shuts out and deletes no last administrator, not even one’s own', async () => {
    const { call, tokens, root } = world;
    for (const [method, path] of [
      ['POST', `/users/${root.id}/disable`],
      ['DELETE', `/users/${root.id}`],
    ] as const)
      expect(await call(method, path, { token: tokens.admin })).toMatchObject({ status: 400, body: { detail: expect.stringContaining('only administrator') } });
    expect((await call('GET', '/clients', { token: tokens.admin })).status).toBe(200);
  });

  it('of a person who was shut out is refused at once', async () => {
    const token = await world.tokenOf(world.bob);
    const { call, tokens, bob } = world;
    expect(await call('POST', `/users/${bob.id}/disable`, { token: tokens.admin })).toMatchObject({ status: 200, body: { disabled_at: expect.any(String) } });
    expect((await call('GET', '/clients', { token })).status).toBe(401);
    expect(await call('POST', `/users/${bob.id}/enable`, { token: tokens.admin })).toMatchObject({ status: 200, body: { disabled_at: null } });
    expect((await call('GET', '/clients', { token })).status).toBe(401);
  });
});
