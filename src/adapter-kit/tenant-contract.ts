import type { Storage } from '../application/ports/storage.js';
import { uuid7 } from '../domain/tokens/uuid7.js';
import { eventually } from './eventually.js';
import { expect } from './expect.js';
import { newBytes, now, plus, someClient, someConsent, someIdentity, someRequest, someSession, someUpstreamRequest, someUser } from './fixtures.js';
import { givenClient, givenTokens } from './given.js';
import { purgeAll } from './purge-all.js';
import { it } from './runner.js';
import type { StorageHarness } from './storage-harness.js';
import { toldOfClients } from './told-of-clients.js';
import { twoStores } from './two-stores.js';

/** Two stores of one adapter, in one process, as for two tenants: neither sees what the other keeps. */
export function tenantContract(harness: StorageHarness): void {
  const { one, other } = twoStores(harness, harness.create.bind(harness), harness.destroy.bind(harness));

  it('finds nothing that another tenant keeps, of any kind', async () => {
    const { grant, code, accessToken, refreshToken } = await givenTokens(one());
    const [user, request, upstream] = [someUser(), someRequest(), someUpstreamRequest()];
    const [session, identity, consent] = [someSession(grant.userId), someIdentity(user.id), someConsent(grant)];
    const link = { id: uuid7(now), digest: newBytes(), email: user.email, userId: user.id, requestId: null, expiresAt: plus(60_000) };
    await one().authorizationRequests.add(request);
    await one().upstreamRequests.add(upstream);
    await one().sessions.add(session);
    await one().identities.addWithUser(identity, user);
    await one().consents.give(consent);
    await one().passwords.keepLink(link);
    const finds: [string, (storage: Storage) => Promise<unknown>][] = [
      ['client', ({ clients }) => clients.find(grant.clientId)],
      ['user', ({ users }) => users.find(user.id)],
      ['user by e-mail', ({ users }) => users.findByEmail(user.email)],
      ['identity', ({ identities }) => identities.findUser(identity.issuer, identity.subject)],
      ['session', ({ sessions }) => sessions.find(session.id)],
      ['authorization request', ({ authorizationRequests }) => authorizationRequests.find(request.id)],
      ['consent', ({ consents }) => consents.find(grant.userId, grant.clientId)],
      ['grant', ({ grants }) => grants.find(grant.id)],
      ['code', ({ authorizationCodes }) => authorizationCodes.find(code.id)],
      ['access token', ({ accessTokens }) => accessTokens.find(accessToken.id)],
      ['refresh token', ({ refreshTokens }) => refreshTokens.find(refreshToken.id)],
      ['connection', ({ connections }) => connections.find(grant.userId, grant.clientId, plus(1))],
      ['link', ({ passwords }) => passwords.findLink(link.id)],
      ['sign-in under way', ({ upstreamRequests }) => upstreamRequests.take(upstream.id)],
    ];
    for (const [what, find] of finds) expect(await find(other()), `${what} of the other tenant`).toBeNull();
    for (const [what, find] of finds) expect(await find(one()), `its own ${what}`).not.toBeNull();
  });

  it('keeps its own under an id, an address or a key that another tenant uses too', async () => {
    const [user, client] = [someUser(), someClient()];
    const run = { id: newBytes(), fingerprint: newBytes(), at: now, expiresAt: plus(1000) };
    for (const [storage, name] of [
      [one(), 'one'],
      [other(), 'other'],
    ] as const) {
      expect(await storage.users.add({ ...user, username: name })).toBe('added');
      await storage.clients.add({ ...client, name });
      expect(await storage.idempotencyKeys.begin(run)).toEqual({ outcome: 'fresh' });
    }
    await one().clients.remove(client.id, plus(1));
    await one().users.remove(user.id, plus(1));
    expect((await other().clients.find(client.id))?.name).toBe('other');
    expect((await other().users.find(user.id))?.username).toBe('other');
    expect((await other().users.list({ limit: 100 })).items.filter(({ id }) => id === user.id)).toHaveLength(1);
    expect((await one().users.list({ limit: 100 })).items.filter(({ id }) => id === user.id)).toHaveLength(0);
  });

  it('counts, logs and gives notice of nothing that another tenant does', async () => {
    const budget = { name: 'tenants', attempts: 1, seconds: 60 };
    expect(await one().attempts.take(budget, 'ada')).toEqual({ outcome: 'taken' });
    expect(await other().attempts.take(budget, 'ada')).toEqual({ outcome: 'taken' });
    const place = await other().revocations.latest();
    const { told, end } = await toldOfClients(other());
    const { grant } = await givenTokens(one());
    await one().grants.revoke(grant.id, 'revoked_by_person', plus(1));
    const own = await givenClient(other());
    await eventually('the notice of its own change', () => told.includes(own.id));
    end();
    expect(told).not.toContain(grant.clientId);
    expect((await other().revocations.since(place, 10))?.revocations).toEqual([]);
  });

  it('purges nothing of another tenant', async () => {
    const request = someRequest({ expiresAt: plus(1) });
    await other().authorizationRequests.add(request);
    await purgeAll(one(), plus(2));
    expect(await other().authorizationRequests.find(request.id)).toEqual(request);
  });
}
