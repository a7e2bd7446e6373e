import { beforeEach, describe, expect, it } from 'vitest';
import { someConsent } from '../../../src/adapter-kit/fixtures.js';
import { RevokeClientTokens } from '../../../src/application/clients/revoke-client-tokens.js';
import { Authenticate } from '../../../src/application/tokens/authenticate.js';
import { GrantClientCredentials } from '../../../src/application/tokens/grant-client-credentials.js';
import type { Client } from '../../../src/domain/clients/client.js';
import { NotFound } from '../../../src/domain/errors.js';
import { later } from '../../../src/domain/moments.js';
import type { User } from '../../../src/domain/people/user.js';
import { aWorld, type World } from '../../support/world.js';

const ended = { active: false, reason: 'revoked', cause: 'revoked_by_operator' };

describe('RevokeClientTokens', () => {
  let world: World;
  let app: Client;
  let ada: User;
  const grantTypes = ['authorization_code', 'refresh_token', 'client_credentials'] as const;
  const known = async ({ id }: Client) => (await world.storage.clients.find(id)) as Client;
  const ownToken = async (client: Client) =>
    (await world.resolve(GrantClientCredentials).execute({ client: await known(client), scopes: null, resources: [] })).accessToken;
  const authenticate = (token: string) => world.resolve(Authenticate).execute({ token });
  const revoke = (actor: Parameters<RevokeClientTokens['execute']>[0]['actor'] = 'operator', clientId = app.id) =>
    world.resolve(RevokeClientTokens).execute({ actor, clientId });

  beforeEach(async () => {
    world = aWorld();
    ada = await world.person();
    app = (await world.client({ grantTypes })).client;
  });

  it('ends every grant and all that the client obtained for itself, says how many and until when, and touches no other client', async () => {
    const { client: other } = await world.client({ grantTypes });
    const [own, ofOther] = [await ownToken(app), await ownToken(other)];
    const [personal, ofOtherPersonal] = [await world.tokens(app, ada), await world.tokens(other, ada)];
    expect(await revoke()).toEqual({ grants: 1, consents: 0, ownTokensRevokedAt: world.clock.now() });
    expect([await authenticate(own), await authenticate(personal.accessToken)]).toEqual([ended, ended]);
    expect(await authenticate(ofOther)).toMatchObject({ active: true });
    expect(await authenticate(ofOtherPersonal.accessToken)).toMatchObject({ active: true });
    expect(await revoke()).toMatchObject({ grants: 0 });
  });

  it('leaves the client able to obtain a token that is good, in the same millisecond, and ends that too when it is asked again', async () => {
    const before = await ownToken(app);
    await revoke();
    const after = await ownToken(app);
    expect([await authenticate(before), await authenticate(after)]).toMatchObject([ended, { active: true }]);
    await revoke();
    expect(await authenticate(after)).toEqual(ended);
    expect(await authenticate(await ownToken(app))).toMatchObject({ active: true });
  });

  it('gives its owner this for their own client, with their reason, and nobody that of another', async () => {
    const mine = { ...app, ownerId: ada.id, id: 'mine', secrets: [] };
    await world.storage.clients.add(mine);
    const { grantId } = await world.tokens(mine, ada);
    await expect(revoke({ id: ada.id, admin: false })).rejects.toThrow(NotFound);
    expect((await known(app)).ownTokensRevokedAt).toBeNull();
    expect(await revoke({ id: ada.id, admin: false }, mine.id)).toMatchObject({ grants: 1 });
    expect((await world.storage.grants.find(grantId as string))?.revoked?.reason).toBe('revoked_by_client');
    await expect(revoke('operator', 'nothing')).rejects.toThrow(NotFound);
  });

  it('counts as the operator’s word where the client belongs to nobody', async () => {
    const nobodys = { ...app, ownerId: null, id: 'nobodys', secrets: [] };
    await world.storage.clients.add(nobodys);
    const { grantId } = await world.tokens(nobodys, ada);
    expect(await revoke('operator', nobodys.id)).toMatchObject({ grants: 1 });
    expect((await world.storage.grants.find(grantId as string))?.revoked?.reason).toBe('revoked_by_operator');
  });

  it.each([
    ['An operator', () => 'operator' as const, false],
    ['An administrator', () => ({ id: 'root', admin: true }), false],
    ['Its owner', () => ({ id: ada.id, admin: false }), true],
    ['Its owner who is an administrator', () => ({ id: ada.id, admin: true }), true],
  ])('%s has people asked again, or leaves them what they agreed to when it is their own client', async (_, actor, stays) => {
    const mine = { ...app, ownerId: ada.id, id: 'mine', secrets: [] };
    await world.storage.clients.add(mine);
    for (const clientId of [mine.id, app.id]) await world.storage.consents.give(someConsent({ userId: ada.id, clientId }));
    await revoke(actor(), mine.id);
    expect((await world.storage.consents.find(ada.id, mine.id)) !== null).toBe(stays);
    expect(await world.storage.consents.find(ada.id, app.id)).not.toBeNull();
  });

  it.each([
    ['400 days ahead of', 400 * 86_400, 5, 5.001],
    ['a second ahead of', 1, 1, 1.001],
    ['an hour behind', -3600, -3600, 0],
  ])('by a clock that is %s the store dates what the client obtains next by no more than clocks may differ', async (_, ahead, revokedAt, issuedAt) => {
    const told = world.clock.now();
    world.storage.now = async () => told;
    world.clock.pass(ahead);
    await revoke();
    world.clock.pass(-ahead);
    expect((await known(app)).ownTokensRevokedAt).toEqual(later(told, revokedAt));
    expect(await authenticate(await ownToken(app))).toMatchObject({ active: true, token: { issuedAt: later(told, issuedAt) } });
  });

  it('goes by the clock at hand where the store cannot tell the time', async () => {
    world.storage.now = () => Promise.reject(new Error('permission denied'));
    expect(await revoke()).toMatchObject({ ownTokensRevokedAt: world.clock.now() });
  });

  it('has ended what the client obtained for itself when its grants cannot be ended, and ends these when it is asked again', async () => {
    const [own, personal] = [await ownToken(app), await world.tokens(app, ada)];
    const { revokeAll } = world.storage.grants;
    world.storage.grants.revokeAll = () => Promise.reject(new Error('away'));
    await expect(revoke()).rejects.toThrow('away');
    expect(await authenticate(own)).toEqual(ended);
    world.storage.grants.revokeAll = revokeAll.bind(world.storage.grants);
    expect(await revoke()).toMatchObject({ grants: 1 });
    expect(await authenticate(personal.accessToken)).toEqual(ended);
  });
});
