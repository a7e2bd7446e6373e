import type { Storage } from '../application/ports/storage.js';
import { uuid7 } from '../domain/tokens/uuid7.js';
import { expect } from './expect.js';
import {
  newBytes,
  now,
  plus,
  someConsent,
  someIdentity,
  someRequest,
  someResourceServer,
  someSecret,
  someSession,
  someSigningKey,
  someUpstreamRequest,
} from './fixtures.js';
import { givenCode, givenTokens } from './given.js';
import { it } from './runner.js';
import type { StorageHarness } from './storage-harness.js';
import { rotationOf } from './token-fixtures.js';

/** What was written before is there after: for a server that is started again, or one that is started beside another. */
export function openedAgainContract(harness: StorageHarness): void {
  if (harness.reopen)
    it('finds everything that was kept when it was closed and is opened again, and goes on with its log', async () => {
      let storage = await harness.create();
      try {
        const expectKept = await givenOneOfEach(storage);
        storage = (await harness.reopen?.(storage)) as Storage;
        await expectKept(storage);
      } finally {
        await harness.destroy(storage);
      }
    });

  if (harness.openAgain)
    it('finds everything that was kept when it is opened again beside the one that wrote it, and goes on with its log', async () => {
      const storage = await harness.create();
      try {
        const expectKept = await givenOneOfEach(storage);
        const other = (await harness.openAgain?.(storage)) as Storage;
        try {
          await expectKept(other);
        } finally {
          await other.close();
        }
      } finally {
        await harness.destroy(storage);
      }
    });
}

/** One of everything that lasts; what comes back expects to find it. */
async function givenOneOfEach(storage: Storage): Promise<(again: Storage) => Promise<void>> {
  const start = await storage.revocations.latest();
  const { code, grant: unused } = await givenCode(storage);
  const { grant, accessToken, refreshToken } = await givenTokens(storage);
  const { userId, clientId } = grant;
  const rotation = rotationOf(refreshToken, grant);
  await storage.refreshTokens.rotate(rotation);
  await storage.grants.revoke(unused.id, 'revoked_by_person', plus(1));
  await storage.clients.addSecret(someSecret(clientId));
  await storage.identities.link(someIdentity(userId));
  await storage.consents.give(someConsent({ userId, clientId }));
  await storage.resourceServers.add(someResourceServer());
  await storage.signingKeys.add(someSigningKey());
  const [session, request, upstream] = [someSession(userId), someRequest(), someUpstreamRequest()];
  await storage.sessions.add(session);
  await storage.authorizationRequests.add(request);
  await storage.upstreamRequests.add(upstream);
  const link = { id: uuid7(now), digest: newBytes(), email: 'ada@example.com', userId, requestId: null, expiresAt: plus(60_000) };
  await storage.passwords.keepLink(link);
  const run = { id: newBytes(), fingerprint: newBytes(), at: now, expiresAt: plus(60_000) };
  await storage.idempotencyKeys.begin(run);
  await storage.idempotencyKeys.finish(run.id, newBytes(), run.expiresAt);

  const finds: readonly [string, (store: Storage) => Promise<unknown>][] = [
    ['the user', ({ users }) => users.find(userId)],
    ['the identity', ({ identities }) => identities.listOf(userId)],
    ['the session', ({ sessions }) => sessions.find(session.id)],
    ['the link', ({ passwords }) => passwords.findLink(link.id)],
    ['the client', ({ clients }) => clients.find(clientId)],
    ['the consent', ({ consents }) => consents.find(userId, clientId)],
    ['the grant', ({ grants }) => grants.find(grant.id)],
    ['the grant that was revoked', ({ grants }) => grants.find(unused.id)],
    ['the authorization request', ({ authorizationRequests }) => authorizationRequests.find(request.id)],
    ['the code', ({ authorizationCodes }) => authorizationCodes.find(code.id)],
    ['the access token', ({ accessTokens }) => accessTokens.find(accessToken.id)],
    ['the refresh token', ({ refreshTokens }) => refreshTokens.find(rotation.successor.id)],
    ['the rotated refresh token', ({ refreshTokens }) => refreshTokens.find(refreshToken.id)],
    ['the resource server', ({ resourceServers }) => resourceServers.all()],
    ['the signing key', ({ signingKeys }) => signingKeys.all()],
    ['the idempotency key', ({ idempotencyKeys }) => idempotencyKeys.begin(run)],
    ['the log', async ({ revocations }) => (await revocations.since(start, 100))?.revocations],
  ];
  const found = await Promise.all(finds.map(([, find]) => find(storage)));
  const place = await storage.revocations.latest();

  return async (again) => {
    const foundAgain = await Promise.all(finds.map(([, find]) => find(again)));
    const lost = finds.filter((_, index) => foundAgain[index] === null && found[index] !== null).map(([kind]) => kind);
    expect(lost, `${lost.join(', ')}: not there any more`).toEqual([]);
    for (const [index, [kind]] of finds.entries()) expect(foundAgain[index], kind).toEqual(found[index]);
    expect(await again.upstreamRequests.take(upstream.id), 'the upstream request').toEqual(upstream);
    expect(await again.refreshTokens.rotate(rotation)).toEqual({ outcome: 'repeated', sealedAnswer: rotation.sealedAnswer });
    const entry = { subject: { kind: 'grant', grantId: grant.id }, at: plus(2), until: plus(1000), reason: 'revoked_by_operator' } as const;
    const read = async () => (await again.revocations.since(place, 100))?.revocations ?? 'the place is unknown';
    expect(await read(), 'the log, from the last place on').toEqual([]);
    await again.revocations.add(entry);
    expect(await read(), 'the log, from the last place on, when one was added').toEqual([entry]);
  };
}
