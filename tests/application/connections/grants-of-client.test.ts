import { beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../../../src/application/clients/actor.js';
import { ClientReach } from '../../../src/application/clients/client-reach.js';
import { CreateClient } from '../../../src/application/clients/create-client.js';
import { ListGrantsOfClient } from '../../../src/application/connections/list-grants-of-client.js';
import { RevokeGrant } from '../../../src/application/connections/revoke-grant.js';
import type { Grant } from '../../../src/domain/authorization/grant.js';
import type { Client } from '../../../src/domain/clients/client.js';
import { NotFound } from '../../../src/domain/errors.js';
import type { User } from '../../../src/domain/people/user.js';
import { aWorld, callback, type World } from '../../support/world.js';

let world: World;
let owner: User;
let ada: User;
let stranger: User;
let admin: Actor;
let client: Client;
let grant: Grant;

beforeEach(async () => {
  world = aWorld();
  owner = await world.person('owner@example.com');
  ada = await world.person('ada@example.com');
  stranger = await world.person('stranger@example.com');
  admin = { ...stranger, admin: true };
  client = (await world.resolve(CreateClient).execute({ actor: owner, settings: { name: 'Some app', redirectUris: [callback] } })).client;
  await world.tokens(client, ada, { scope: 'default' });
  grant = (await list('operator')).items[0] as Grant;
});

const list = (actor: Actor, clientId = client.id) => world.resolve(ListGrantsOfClient).execute({ actor, clientId, page: { limit: 50 } });
const revoke = (actor: Actor, grantId = grant.id) => world.resolve(RevokeGrant).execute({ actor, grantId });
const reach = (actor: Actor, clientId = client.id) => world.resolve(ClientReach).execute({ actor, clientId });

describe('The grants of a client, and how far deleting it reaches,', () => {
  it('are for its owner, for administrators and for operators', async () => {
    for (const actor of [owner, admin, 'operator'] as const) {
      expect((await list(actor)).items).toMatchObject([{ userId: ada.id, clientId: client.id, scopes: ['default'] }]);
      expect(await reach(actor)).toEqual({ people: 1, grants: 1, more: false });
    }
  });

  it('are not there for anybody else, nor those of a client that does not exist', async () => {
    for (const actor of [stranger, ada]) {
      await expect(list(actor)).rejects.toThrow(NotFound);
      await expect(reach(actor)).rejects.toThrow(NotFound);
    }
    await expect(list('operator', 'nonsense')).rejects.toThrow(NotFound);
    await expect(reach('operator', 'nonsense')).rejects.toThrow(NotFound);
  });
});

describe('A grant', () => {
  it.each([
    ['the person whose it is', () => ada, 'revoked_by_person'],
    ['the owner of the client', () => owner, 'revoked_by_client'],
    ['the owner of the client, who is an administrator too', () => ({ ...owner, admin: true }), 'revoked_by_client'],
    ['the person whose it is, who is an administrator too', () => ({ ...ada, admin: true }), 'revoked_by_person'],
    ['an administrator', () => admin, 'revoked_by_operator'],
    ['the command line', () => 'operator' as const, 'revoked_by_operator'],
  ])('is ended by %s', async (_, actor, reason) => {
    expect(await revoke(actor())).toEqual({ already: false });
    expect((await world.storage.grants.find(grant.id))?.revoked).toEqual({ at: world.clock.now(), reason });
    expect(await revoke(actor())).toEqual({ already: true });
    expect((await list('operator')).items).toEqual([]);
  });

  it('is not there for a stranger, who cannot tell it from one that never was', async () => {
    const [one, other] = await Promise.all([revoke(stranger), revoke(stranger, 'nonsense')].map((refused) => refused.catch((error: unknown) => error)));
    expect(one).toBeInstanceOf(NotFound);
    expect(other).toEqual(one);
    expect((await world.storage.grants.find(grant.id))?.revoked).toBeNull();
  });

  it('for a client of nobody is ended by its person, not by somebody without a client', async () => {
    const nobodys = (await world.client()).client;
    await world.tokens(nobodys, ada);
    const [theirs] = (await list('operator', nobodys.id)).items;
    await expect(revoke(stranger, theirs?.id)).rejects.toThrow(NotFound);
    expect(await revoke(ada, theirs?.id)).toEqual({ already: false });
  });
});
