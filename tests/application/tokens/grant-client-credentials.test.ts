import { beforeEach, describe, expect, it } from 'vitest';
import { Authenticate } from '../../../src/application/tokens/authenticate.js';
import { GrantClientCredentials, type GrantClientCredentialsInput } from '../../../src/application/tokens/grant-client-credentials.js';
import type { Client } from '../../../src/domain/clients/client.js';
import { parseToken } from '../../../src/domain/tokens/opaque-token.js';
import { aWorld, type World } from '../../support/world.js';

describe('GrantClientCredentials', () => {
  let world: World;
  let machine: Client;
  const grant = (changes: Partial<GrantClientCredentialsInput> = {}) =>
    world.resolve(GrantClientCredentials).execute({ client: machine, scopes: null, resources: [], ...changes });
  const authenticate = (token: string) => world.resolve(Authenticate).execute({ token });

  beforeEach(async () => {
    world = aWorld();
    machine = (await world.client({ redirectUris: [], grantTypes: ['client_credentials'] })).client;
  });

  it('answers an access token without a person and without a refresh token (RFC 6749 §4.4.3)', async () => {
    const answer = await grant();
    const ofNobody = { tokenId: parseToken(answer.accessToken)?.id, refreshTokenId: null, userId: null, grantId: null };
    expect(answer).toEqual({ accessToken: expect.stringMatching(/^kw_at_/), expiresIn: 3600, refreshToken: null, scopes: ['default'], ...ofNobody });
    expect(await authenticate(answer.accessToken)).toMatchObject({
      active: true,
      user: null,
      client: { id: machine.id },
      token: { userId: null, grantId: null },
    });
  });

  it('grants what is asked for among what is allowed', async () => {
    const client = { ...machine, scopes: ['default', 'email', 'profile'] };
    expect(await grant({ client, scopes: ['email', 'profile'] })).toMatchObject({ scopes: ['email', 'profile'] });
  });

  it('grants all that is allowed when nothing is named and the default scope is not among it (RFC 6749 §3.3)', async () => {
    expect(await grant({ client: { ...machine, scopes: ['email', 'profile'] } })).toMatchObject({ scopes: ['email', 'profile'] });
  });

  it('issues no token without a scope (RFC 6749 §3.3)', async () => {
    await expect(grant({ scopes: [] })).rejects.toMatchObject({ code: 'invalid_scope' });
    await expect(grant({ client: { ...machine, scopes: [] } })).rejects.toMatchObject({ code: 'invalid_scope' });
  });

  it('takes the resources that are named (RFC 8707 §2.2)', async () => {
    const { accessToken } = await grant({ resources: ['https://api.example/'] });
    expect(await authenticate(accessToken)).toMatchObject({ token: { resources: ['https://api.example/'] } });
  });

  it('is good, and lives as long as it says, where all before it was ended by a clock that is ahead', async () => {
    await world.storage.clients.revokeOwnTokens(machine.id, new Date(world.clock.now().getTime() + 3000));
    const client = (await world.storage.clients.find(machine.id)) as Client;
    const answer = await grant({ client });
    expect(answer.expiresIn).toBe(3600);
    expect(await authenticate(answer.accessToken)).toMatchObject({ active: true });
    world.clock.pass(3600);
    expect(await authenticate(answer.accessToken)).toMatchObject({ active: true });
    world.clock.pass(4);
    expect(await authenticate(answer.accessToken)).toEqual({ active: false, reason: 'expired' });
  });

  it('takes the lifetime of the client', async () => {
    expect(await grant({ client: { ...machine, accessTokenLifetime: 120 } })).toMatchObject({ expiresIn: 120 });
  });

  it.each([
    ['a public client: "MUST only be used by confidential clients" (RFC 6749 §4.4)', { type: 'public' }, {}, 'unauthorized_client'],
    ['a client that may not use it (RFC 6749 §5.2)', { grantTypes: ['authorization_code'] }, {}, 'unauthorized_client'],
    ['a scope that the client may not have (RFC 6749 §3.3)', { scopes: ['default'] }, { scopes: ['default', 'email'] }, 'invalid_scope'],
    ['a resource that is not absolute (RFC 8707 §2)', {}, { resources: ['api'] }, 'invalid_target'],
    ['a resource with a fragment (RFC 8707 §2)', {}, { resources: ['https://api.example/#x'] }, 'invalid_target'],
    [
      'resources of more than 4096 characters in all',
      {},
      { resources: Array.from({ length: 1025 }, (_, index) => `a:${(index % 90) + 10}`) },
      'invalid_target',
    ],
  ] as const)('refuses %s', async (_, client, input, code) => {
    await expect(grant({ client: { ...machine, ...client }, ...input })).rejects.toMatchObject({ code });
  });
});
