import { randomUUID } from 'node:crypto';
import { Client as Connection } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  newBytes,
  now,
  someClient,
  someConsent,
  someGrant,
  someIdentity,
  someRequest,
  someSecret,
  someSession,
  someUpstreamRequest,
  someUser,
} from '../../../src/adapter-kit/fixtures.js';
import { givenUser } from '../../../src/adapter-kit/given.js';
import { consumptionOf, keepingOf, rotationOf, someCode, someMachineToken, someRefreshToken } from '../../../src/adapter-kit/token-fixtures.js';
import type { Storage } from '../../../src/application/ports/storage.js';
import { codeOf, reasonOf, StorageUnavailable } from '../../../src/application/ports/storage-unavailable.js';
import { createPrismaStorage } from '../../../src/infrastructure/prisma/create-prisma-storage.js';
import { type Line, lineTo } from '../../support/line-to.js';
import { bareDatabase, type TestDatabase, testDatabase } from '../../support/postgres.js';

const id = randomUUID();
const bare = someClient();
const client = { ...bare, secrets: [someSecret(bare.id)] };
const grant = someGrant(id, client.id);

/** Every verb of every repository, each with an input that reaches the database. */
const verbs: [string, (storage: Storage) => Promise<unknown>][] = [
  ['clients.add', ({ clients }) => clients.add(client)],
  ['clients.find', ({ clients }) => clients.find(client.id)],
  ['clients.update', ({ clients }) => clients.update(client)],
  ['clients.setDisabled', ({ clients }) => clients.setDisabled(client.id, null)],
  ['clients.remove', ({ clients }) => clients.remove(client.id, now)],
  ['clients.list', ({ clients }) => clients.list({}, { limit: 1 })],
  ['clients.disableWithOwner', ({ clients }) => clients.disableWithOwner(id, now)],
  ['clients.enableWithOwner', ({ clients }) => clients.enableWithOwner(id)],
  ['clients.addSecret', ({ clients }) => clients.addSecret(someSecret(client.id))],
  ['clients.removeSecret', ({ clients }) => clients.removeSecret(client.id, id)],
  ['users.add', ({ users }) => users.add(someUser())],
  ['users.find', ({ users }) => users.find(id)],
  ['users.findByEmail', ({ users }) => users.findByEmail('ada@example.com')],
  ['users.setDisabled', ({ users }) => users.setDisabled(id, now)],
  ['users.remove', ({ users }) => users.remove(id, now)],
  ['users.list', ({ users }) => users.list({ limit: 1 })],
  ['identities.findUser', ({ identities }) => identities.findUser('https://issuer.example', 'ada')],
  ['identities.addWithUser', ({ identities }) => identities.addWithUser(someIdentity(id), someUser())],
  ['identities.link', ({ identities }) => identities.link(someIdentity(id))],
  ['identities.unlink', ({ identities }) => identities.unlink(id, someIdentity(id), { password: true, issuers: [] })],
  ['identities.listOf', ({ identities }) => identities.listOf(id)],
  ['upstreamRequests.add', ({ upstreamRequests }) => upstreamRequests.add(someUpstreamRequest())],
  ['upstreamRequests.take', ({ upstreamRequests }) => upstreamRequests.take(id)],
  ['sessions.add', ({ sessions }) => sessions.add(someSession(id))],
  ['sessions.find', ({ sessions }) => sessions.find(id)],
  ['sessions.touch', ({ sessions }) => sessions.touch(id, now, now)],
  ['sessions.listOf', ({ sessions }) => sessions.listOf(id, now, { limit: 1 })],
  ['sessions.end', ({ sessions }) => sessions.end(id)],
  ['sessions.endOneOf', ({ sessions }) => sessions.endOneOf(id, id)],
  ['sessions.endAllOf', ({ sessions }) => sessions.endAllOf(id, null)],
  ['authorizationRequests.add', ({ authorizationRequests }) => authorizationRequests.add(someRequest())],
  ['authorizationRequests.find', ({ authorizationRequests }) => authorizationRequests.find(id)],
  ['authorizationRequests.chooseAccount', ({ authorizationRequests }) => authorizationRequests.chooseAccount(id, id)],
  ['authorizationRequests.decide', ({ authorizationRequests }) => authorizationRequests.decide(id, { kind: 'denied', userId: id })],
  ['consents.find', ({ consents }) => consents.find(id, client.id)],
  [
    'consents.give',
    ({ consents }) => consents.give({ userId: id, clientId: client.id, scopes: [], declinedScopes: [], redirectUris: [], givenAt: now, expiresAt: null }),
  ],
  ['consents.forget', ({ consents }) => consents.forget({ userId: id, clientId: client.id })],
  ['grants.add', ({ grants }) => grants.add(grant)],
  ['grants.addUnder', ({ grants }) => grants.addUnder(someConsent(grant), grant)],
  ['grants.find', ({ grants }) => grants.find(id)],
  ['grants.revoke', ({ grants }) => grants.revoke(id, 'revoked_by_operator', now)],
  ['grants.revokeAll', ({ grants }) => grants.revokeAll({ userId: id }, 'revoked_by_operator', now)],
  ['authorizationCodes.add', ({ authorizationCodes }) => authorizationCodes.add(someCode(grant))],
  ['authorizationCodes.find', ({ authorizationCodes }) => authorizationCodes.find(id)],
  ['authorizationCodes.consume', ({ authorizationCodes }) => authorizationCodes.consume(consumptionOf(someCode(grant), grant))],
  ['accessTokens.add', ({ accessTokens }) => accessTokens.add(someMachineToken(client.id))],
  ['accessTokens.find', ({ accessTokens }) => accessTokens.find(id)],
  ['accessTokens.revoke', ({ accessTokens }) => accessTokens.revoke(id, 'revoked_by_client', now)],
  ['refreshTokens.find', ({ refreshTokens }) => refreshTokens.find(id)],
  ['refreshTokens.rotate', ({ refreshTokens }) => refreshTokens.rotate(rotationOf(someRefreshToken(grant), grant))],
  ['refreshTokens.keep', ({ refreshTokens }) => refreshTokens.keep(keepingOf(someRefreshToken(grant), grant))],
  ['connections.listOf', ({ connections }) => connections.listOf(id, now, { limit: 1 })],
  ['connections.find', ({ connections }) => connections.find(id, client.id, now)],
  ['connections.grantsOf', ({ connections }) => connections.grantsOf(client.id, now, { limit: 1 })],
  ['connections.reach', ({ connections }) => connections.reach(client.id, now, 9)],
  ['usage.record (secrets)', ({ usage }) => usage.record({ secrets: [{ secretId: id, at: now, from: null }], grants: [] })],
  ['usage.record (grants)', ({ usage }) => usage.record({ secrets: [], grants: [{ grantId: id, at: now, scopes: [] }] })],
  ['idempotencyKeys.begin', ({ idempotencyKeys }) => idempotencyKeys.begin({ id: newBytes(), fingerprint: newBytes(), at: now, expiresAt: now })],
  ['idempotencyKeys.finish', ({ idempotencyKeys }) => idempotencyKeys.finish(newBytes(), newBytes(), now)],
  ['idempotencyKeys.forget', ({ idempotencyKeys }) => idempotencyKeys.forget(newBytes())],
  ['expirables.purge', ({ expirables }) => Promise.any(expirables.map((expirable) => expirable.purge(now, 1))).catch(firstOf)],
  ['ping', (storage) => storage.ping()],
];

/** Reading and writing, of one statement and of several, by Prisma and by statements of our own; more than the pool has connections. */
const underWayWhenCut = [
  'clients.add',
  'clients.find',
  'clients.update',
  'clients.remove',
  'users.findByEmail',
  'authorizationCodes.consume',
  'accessTokens.find',
  'refreshTokens.rotate',
].map(callOf);

function callOf(name: string): (storage: Storage) => Promise<unknown> {
  const [, call] = verbs.find((verb) => verb[0] === name) ?? [];
  if (call === undefined) throw new Error(`there is no verb ${name}`);
  return call;
}

function firstOf(error: AggregateError): never {
  throw error.errors[0];
}

let database: TestDatabase;
let line: Line;
let storage: Storage;

beforeEach(async () => {
  database = await testDatabase();
  line = await lineTo(database.url);
  storage = createPrismaStorage({ databaseUrl: line.url, poolSize: 2 });
});
afterEach(async () => {
  await storage.close();
  await line.mend();
  await line.break();
  await database.drop();
});

describe('a database that is down', () => {
  it('makes every verb throw StorageUnavailable', async () => {
    await line.break();
    for (const [name, call] of verbs) await expect(call(storage), name).rejects.toBeInstanceOf(StorageUnavailable);
  });

  it('is told in the same words by every verb that requests need, whether its connection was cut or another is refused', async () => {
    await Promise.all([storage.ping(), storage.ping()]);
    line.stall();
    const cut = underWayWhenCut.map((call) => call(storage));
    const underWay = Promise.allSettled(cut);
    await line.break();
    const ofRequests = verbs.filter(([name]) => name !== 'expirables.purge');
    const outcomes = [...(await underWay), ...(await Promise.allSettled(ofRequests.map(([, call]) => call(storage))))];
    const told = outcomes.map((outcome) => (outcome.status === 'rejected' ? [codeOf(outcome.reason), reasonOf(outcome.reason)] : []));
    expect(new Set(told.map(String))).toEqual(new Set([',the database cannot be reached']));
  });

  it('can be used again as soon as it is back, and its end raised no error that nobody handles', async () => {
    await Promise.all([storage.ping(), storage.ping()]);
    await line.break();
    await expect(storage.users.find(id)).rejects.toBeInstanceOf(StorageUnavailable);
    await line.mend();
    expect(await storage.users.find(id)).toBeNull();
    expect(await storage.accessTokens.find(id)).toBeNull();
  });

  it('takes the calls that are under way along', async () => {
    await storage.ping();
    line.stall();
    const calls = underWayWhenCut.map((call) => call(storage));
    const outcomes = Promise.allSettled(calls);
    await line.break();
    for (const outcome of await outcomes) expect(outcome.status === 'rejected' && outcome.reason).toBeInstanceOf(StorageUnavailable);
  });
});

describe('a database that hangs', () => {
  it('makes every verb throw StorageUnavailable, also those that wait for a connection', async () => {
    await Promise.all([storage.ping(), storage.ping()]);
    line.stall();
    const outcomes = await Promise.allSettled(verbs.map(([, call]) => call(storage)));
    for (const [index, outcome] of outcomes.entries()) {
      expect(outcome.status === 'rejected' && outcome.reason, verbs[index]?.[0]).toBeInstanceOf(StorageUnavailable);
    }
  });

  it('makes the first verb of all throw StorageUnavailable, which has to connect', async () => {
    line.stall();
    await expect(storage.ping()).rejects.toBeInstanceOf(StorageUnavailable);
  });

  it('can be used again when it goes on', async () => {
    await Promise.all([storage.ping(), storage.ping()]);
    line.stall();
    await expect(storage.users.find(id)).rejects.toBeInstanceOf(StorageUnavailable);
    await line.mend();
    expect(await storage.users.find(id)).toBeNull();
  });
});

describe('a lock that somebody holds', () => {
  it('makes a verb that waits for it throw StorageUnavailable, and leaves the others alone', async () => {
    const holder = new Connection({ connectionString: database.url });
    await holder.connect();
    await holder.query('BEGIN; LOCK TABLE sessions');
    const waiting = storage.sessions.find(id);
    expect(await storage.accessTokens.find(id)).toBeNull();
    await expect(waiting).rejects.toBeInstanceOf(StorageUnavailable);
    await holder.query('ROLLBACK');
    await holder.end();
    expect(await storage.sessions.find(id)).toBeNull();
  });
});

describe('what is not unavailability', () => {
  it('is thrown as it is: an id that is taken', async () => {
    const session = someSession((await givenUser(storage)).id);
    await storage.sessions.add(session);
    await expect(storage.sessions.add(session)).rejects.not.toBeInstanceOf(StorageUnavailable);
  });
});

describe('ping', () => {
  it.each([
    ['a database that is not there', (url: URL) => Object.assign(url, { pathname: '/nowhere' })],
    ['a name that is not let in', (url: URL) => Object.assign(url, { username: 'nobody' })],
  ])('says that the store cannot serve: %s', async (_, change) => {
    const astray = createPrismaStorage({ databaseUrl: change(new URL(database.url)).href });
    await expect(astray.ping()).rejects.toBeInstanceOf(StorageUnavailable);
    await astray.close();
  });

  it('says that the store cannot serve: a database without tables', async () => {
    const bare = await bareDatabase();
    const empty = createPrismaStorage({ databaseUrl: bare.url });
    await expect(empty.ping()).rejects.toMatchObject({ name: 'StorageUnavailable', cause: { message: 'the database is not migrated' } });
    await empty.close();
    await bare.drop();
  });
});
