import { beforeEach, describe, expect, it } from 'vitest';
import { UsageJournal } from '../../../src/application/operations/usage-journal.js';
import { Authenticate } from '../../../src/application/tokens/authenticate.js';
import { AuthenticateClient } from '../../../src/application/tokens/authenticate-client.js';
import { GrantClientCredentials } from '../../../src/application/tokens/grant-client-credentials.js';
import { IntrospectToken } from '../../../src/application/tokens/introspect-token.js';
import type { Client } from '../../../src/domain/clients/client.js';
import type { User } from '../../../src/domain/people/user.js';
import { parseToken } from '../../../src/domain/tokens/opaque-token.js';
import { aWorld, type World } from '../../support/world.js';

let world: World;
let ada: User;
let client: Client;
let secret: string;
let token: string;

beforeEach(async () => {
  world = aWorld();
  ada = await world.person();
  const made = await world.client();
  client = made.client;
  secret = made.secret ?? '';
  token = (await world.tokens(client, ada)).accessToken;
});

const flush = () => world.resolve(UsageJournal).flush();
const authenticateClient = (from: string | null, presented = secret) =>
  world.resolve(AuthenticateClient).execute({ clientId: client.id, secret: presented, from });

describe('A client secret', () => {
  const lastUsed = async () => (await world.storage.clients.find(client.id))?.secrets[0]?.lastUsed;

  it('was last used when and from where its client authenticated with it', async () => {
    await authenticateClient('192.0.2.7');
    world.clock.pass(1);
    await authenticateClient('2001:db8::7');
    expect(await lastUsed()).toBeNull();
    await flush();
    expect(await lastUsed()).toEqual({ at: world.clock.now(), from: '2001:db8::7' });
  });

  it('is not used by somebody who fails', async () => {
    await expect(authenticateClient('192.0.2.7', 'kw_cs_wrong')).rejects.toThrow();
    await flush();
    expect(await lastUsed()).toBeNull();
  });
});

describe('A grant', () => {
  const use = async () => {
    await flush();
    const accessToken = await world.storage.accessTokens.find(parseToken(token)?.id ?? '');
    const { lastUsedAt, usedScopes } = (await world.storage.grants.find(accessToken?.grantId ?? '')) ?? {};
    return { lastUsedAt, usedScopes };
  };

  it('is not used by being given and exchanged', async () => {
    expect(await use()).toEqual({ lastUsedAt: null, usedScopes: [] });
  });

  it('is used for what a resource needs of it, and for what it makes use of where the token has it', async () => {
    await world.resolve(Authenticate).execute({ token, scopes: ['default'], uses: ['profile'] });
    expect(await use()).toEqual({ lastUsedAt: world.clock.now(), usedScopes: ['default'] });
    world.clock.pass(60);
    await world.resolve(Authenticate).execute({ token, uses: ['email'] });
    expect(await use()).toEqual({ lastUsedAt: world.clock.now(), usedScopes: ['default', 'email'] });
  });

  it('is used when a resource asks about a token, for what that says it needs (RFC 7662 §2.1)', async () => {
    const answer = await world.resolve(IntrospectToken).execute({ caller: { kind: 'client', client }, token, scopes: ['email', 'profile'] });
    expect(answer).toMatchObject({ active: true, token: { scopes: ['default', 'email'] } });
    expect(await use()).toEqual({ lastUsedAt: world.clock.now(), usedScopes: ['email'] });
  });

  it('is not used by a token that is refused', async () => {
    await world.resolve(Authenticate).execute({ token, scopes: ['profile'] });
    world.clock.pass(24 * 3600);
    await world.resolve(Authenticate).execute({ token, uses: ['email'] });
    expect(await use()).toEqual({ lastUsedAt: null, usedScopes: [] });
  });

  it('there is none behind what a client obtained for itself: nothing is noted (RFC 6749 §4.4)', async () => {
    const machine = (await world.client({ redirectUris: [] })).client;
    const { accessToken } = await world.resolve(GrantClientCredentials).execute({ client: machine, scopes: null, resources: [] });
    expect(await world.resolve(Authenticate).execute({ token: accessToken })).toMatchObject({ active: true });
    await expect(flush()).resolves.toBeUndefined();
  });
});
