import { beforeEach, describe, expect, it } from 'vitest';
import { CreateClient } from '../../../src/application/clients/create-client.js';
import { DeleteOwnAccount } from '../../../src/application/people/delete-own-account.js';
import { DeleteUser } from '../../../src/application/people/delete-user.js';
import { Authenticate } from '../../../src/application/tokens/authenticate.js';
import { ExchangeCode } from '../../../src/application/tokens/exchange-code.js';
import { RefreshToken } from '../../../src/application/tokens/refresh-token.js';
import { InvalidGrant, LastAdministrator, NotFound } from '../../../src/domain/errors.js';
import type { User } from '../../../src/domain/people/user.js';
import { aWorld, type World } from '../../support/world.js';

let world: World;
let ada: User;
let bob: User;

const reason = 'revoked_by_operator';
const remove = (user: User) => world.resolve(DeleteUser).execute({ actor: 'operator', user: { id: user.id }, reason });

beforeEach(async () => {
  world = aWorld();
  [ada, bob] = [await world.person(), await world.person('bob@example.com')];
});

describe('DeleteUser', () => {
  it('ends sessions, codes, refresh tokens and access tokens at once, and touches nobody else’s', async () => {
    const { client } = await world.client();
    const [session, theirs] = [await world.signedIn(ada), await world.signedIn(bob)];
    const [tokens, others, code] = [await world.tokens(client, ada), await world.tokens(client, bob), await world.code(client, ada)];
    // One for herself, and one for each code that she let the app have.
    expect(await remove(ada)).toEqual({ id: ada.id, email: ada.email, sessionsEnded: 3, grantsRevoked: 2, clientsRemoved: 0 });

    expect(await world.storage.sessions.find(session.session.id)).toBeNull();
    expect(await world.resolve(Authenticate).execute({ token: tokens.accessToken })).toMatchObject({ active: false });
    const exchange = { client, code, redirectUri: null, codeVerifier: world.verifier, resources: [] };
    await expect(world.resolve(ExchangeCode).execute(exchange)).rejects.toThrow(InvalidGrant);
    const refresh = (refreshToken: string) => world.resolve(RefreshToken).execute({ client, refreshToken, scopes: null, resources: [] });
    await expect(refresh(tokens.refreshToken)).rejects.toThrow(InvalidGrant);

    expect(await world.storage.sessions.find(theirs.session.id)).not.toBeNull();
    await expect(refresh(others.refreshToken)).resolves.toBeDefined();
  });

  it('removes the clients they registered, ever so many, and nobody else’s', async () => {
    const create = (actor: User) => world.resolve(CreateClient).execute({ actor, settings: { name: 'Some app', redirectUris: ['https://app.example/cb'] } });
    const hers = await Promise.all(Array.from({ length: 101 }, () => create(ada)));
    const [{ client: bobs }, { client: ofTheHouse }] = [await create(bob), await world.client()];
    expect(await remove(ada)).toMatchObject({ clientsRemoved: 101 });
    for (const { client } of hers) expect(await world.storage.clients.find(client.id)).toBeNull();
    for (const { id } of [bobs, ofTheHouse]) expect(await world.storage.clients.find(id)).not.toBeNull();
  });

  it('forgets who they were, so that somebody else may have the address', async () => {
    await remove(ada);
    expect(await world.storage.users.find(ada.id)).toBeNull();
    await expect(remove(ada)).rejects.toThrow(NotFound);
    expect((await world.person(ada.email)).id).not.toBe(ada.id);
  });

  it('leaves somebody who is shut out when it is stopped halfway, and is finished by doing it again', async () => {
    const { clients, users, sessions, grants } = world.storage;
    await world.resolve(CreateClient).execute({ actor: ada, settings: { name: 'Some app', redirectUris: ['https://app.example/cb'] } });
    const failing = Object.assign(Object.create(clients), { remove: () => Promise.reject(new Error('gone')) });
    await expect(new DeleteUser(users, sessions, grants, failing, world.clock).execute({ actor: 'operator', user: { id: ada.id }, reason })).rejects.toThrow(
      'gone',
    );
    expect((await users.find(ada.id))?.disabledAt).not.toBeNull();
    expect(await remove(ada)).toMatchObject({ clientsRemoved: 1 });
    expect(await users.find(ada.id)).toBeNull();
  });
});

it('deletes the last administrator only when nobody says to spare them', async () => {
  await world.storage.users.promote(ada.id);
  const input = { actor: 'operator', user: { id: ada.id }, reason } as const;
  await expect(world.resolve(DeleteUser).execute({ ...input, sparing: 'last_administrator' })).rejects.toThrow(LastAdministrator);
  expect(await world.storage.users.find(ada.id)).toEqual({ ...ada, admin: true });
  await world.resolve(DeleteUser).execute(input);
  expect(await world.storage.users.find(ada.id)).toBeNull();
});

describe('DeleteOwnAccount', () => {
  it.each([
    [300, 'deleted'],
    [300.001, 'sign_in_first'],
  ])('%d seconds after the person proved who they are: %s', async (seconds, outcome) => {
    const signedIn = await world.signedIn(ada);
    world.clock.pass(seconds);
    expect(await world.resolve(DeleteOwnAccount).execute(signedIn)).toBe(outcome);
    expect((await world.storage.users.find(ada.id)) === null).toBe(outcome === 'deleted');
  });

  it('is nothing that an administrator does alone', async () => {
    const { session } = await world.signedIn(ada);
    expect(await world.resolve(DeleteOwnAccount).execute({ session, user: { ...ada, admin: true } })).toBe('administrator');
    expect(await world.storage.users.find(ada.id)).not.toBeNull();
  });
});
