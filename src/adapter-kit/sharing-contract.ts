import type { Storage } from '../application/ports/storage.js';
import { expect } from './expect.js';
import { now, plus, someClient, someIdentity, someRequest, someSecret, someSession, someUser } from './fixtures.js';
import { givenCode, givenGrant, givenTokens, givenUser } from './given.js';
import { it } from './runner.js';
import { consumptionOf, rotationOf, someCode, someMachineToken } from './token-fixtures.js';

/** A store shares nothing with its callers: neither what it was given nor what it found can be changed from outside. */
export function sharingContract(store: () => Storage): void {
  async function expectUnshared<Item>(given: Item, find: () => Promise<Item | null>): Promise<void> {
    const asFound = structuredClone(await find());
    spoil(given);
    spoil(await find());
    expect(await find()).toEqual(asFound);
  }

  it('shares no client', async () => {
    const { id } = someClient();
    const client = someClient({ id, createdAt: plus(1), disabledAt: plus(2), disabledBy: 'owner', secrets: [someSecret(id, { expiresAt: plus(9) })] });
    await store().clients.add(client);
    await expectUnshared(client, () => store().clients.find(id));
    const edit = someClient({ id });
    await store().clients.update(edit);
    await expectUnshared(edit, () => store().clients.find(id));
    const disabled = { at: plus(3), by: 'house' } as const;
    await store().clients.setDisabled(id, disabled);
    await expectUnshared<unknown>(disabled, () => store().clients.find(id));
    const secret = someSecret(id, { createdAt: plus(4), expiresAt: plus(5) });
    await store().clients.addSecret(secret);
    await expectUnshared(secret, async () => (await store().clients.find(id))?.secrets.find((found) => found.lastFour === secret.lastFour) ?? null);
    await expectUnshared(client, async () => (await store().clients.list({}, { limit: 1 })).items[0] ?? null);
  });

  it('shares no user', async () => {
    const user = someUser({ createdAt: plus(1) });
    await store().users.add(user);
    const disabledAt = plus(2);
    await store().users.setDisabled(user.id, disabledAt);
    disabledAt.setTime(0);
    const { id, email } = user;
    await expectUnshared(user, () => store().users.find(id));
    await expectUnshared(user, () => store().users.findByEmail(email));
    await expectUnshared(user, async () => (await store().users.list({ limit: 1 })).items[0] ?? null);
    expect((await store().users.find(id))?.disabledAt).toEqual(plus(2));
  });

  it('shares no identity', async () => {
    const user = someUser({ createdAt: plus(1) });
    const identity = someIdentity(user.id, { linkedAt: plus(2) });
    await store().identities.addWithUser(identity, user);
    const { issuer, subject } = identity;
    await expectUnshared(user, () => store().identities.findUser(issuer, subject));
    await expectUnshared(identity, async () => (await store().identities.listOf(user.id))[0] ?? null);
    const linked = someIdentity(user.id, { linkedAt: plus(3) });
    await store().identities.link(linked);
    await expectUnshared(linked, async () => (await store().identities.listOf(user.id))[1] ?? null);
  });

  it('shares no session', async () => {
    const user = await givenUser(store());
    const session = someSession(user.id, { authenticatedAt: plus(1) });
    await store().sessions.add(session);
    await expectUnshared(session, () => store().sessions.find(session.id));
    const [lastSeenAt, expiresAt] = [plus(3), plus(9)];
    await store().sessions.touch(session.id, lastSeenAt, expiresAt);
    await expectUnshared<unknown>([lastSeenAt, expiresAt], () => store().sessions.find(session.id));
    await expectUnshared(session, async () => (await store().sessions.listOf(user.id, now, { limit: 1 })).items[0] ?? null);
  });

  it('shares no authorization request', async () => {
    const request = someRequest({ scopes: ['a'], resources: ['b'], prompts: ['login'], createdAt: plus(1) });
    await store().authorizationRequests.add(request);
    await expectUnshared(request, () => store().authorizationRequests.find(request.id));
  });

  it('shares no consent', async () => {
    const { userId, clientId } = await givenGrant(store());
    const consent = { userId, clientId, scopes: ['a'], declinedScopes: [], redirectUris: ['https://client.example/'], givenAt: plus(1), expiresAt: null };
    await store().consents.give(consent);
    await expectUnshared(consent, () => store().consents.find(userId, clientId));
  });

  it('shares no grant', async () => {
    const grant = await givenGrant(store(), { createdAt: plus(1) });
    await expectUnshared(grant, () => store().grants.find(grant.id));
    const at = plus(2);
    await store().grants.revoke(grant.id, 'revoked_by_person', at);
    at.setTime(0);
    await expectUnshared(grant, () => store().grants.find(grant.id));
    expect((await store().grants.find(grant.id))?.revoked?.at).toEqual(plus(2));
  });

  it('shares no authorization code', async () => {
    const { grant } = await givenCode(store());
    const code = someCode(grant, { issuedAt: plus(1) });
    await store().authorizationCodes.add(code);
    await expectUnshared(code, () => store().authorizationCodes.find(code.id));
  });

  it('shares no access token', async () => {
    const { grant, accessToken } = await givenTokens(store(), { accessToken: { issuedAt: plus(1), expiresAt: plus(2) } });
    await expectUnshared(accessToken, () => store().accessTokens.find(accessToken.id));
    const own = someMachineToken(grant.clientId, { issuedAt: plus(1), expiresAt: plus(2) });
    await store().accessTokens.add(own);
    await store().accessTokens.revoke(own.id, 'revoked_by_client', plus(3));
    await expectUnshared(own, () => store().accessTokens.find(own.id));
  });

  it('shares no refresh token, and no sealed answer', async () => {
    const { grant, refreshToken } = await givenTokens(store(), { refreshToken: { issuedAt: plus(1) } });
    const rotation = rotationOf(refreshToken, grant);
    const { at, sealedAnswer } = structuredClone(rotation);
    await store().refreshTokens.rotate(rotation);
    const { id } = rotation.successor;
    await expectUnshared(rotation.successor, () => store().refreshTokens.find(id));
    spoil(rotation);
    await expectUnshared(refreshToken, () => store().refreshTokens.find(refreshToken.id));
    for (let count = 0; count < 2; count += 1) {
      const repeated = await store().refreshTokens.rotate({ ...rotationOf(refreshToken, grant), id: refreshToken.id, at });
      expect(repeated).toEqual({ outcome: 'repeated', sealedAnswer });
      spoil(repeated);
    }
  });

  it('shares none of the tokens that a consumption saved', async () => {
    const { grant, code } = await givenCode(store());
    const consumption = consumptionOf(code, grant);
    const { accessToken } = structuredClone(consumption);
    await store().authorizationCodes.consume(consumption);
    spoil(consumption);
    expect(await store().accessTokens.find(accessToken.id)).toEqual({ ...accessToken, ended: null });
  });
}

/** Changes everything in a value that can be changed in place. */
function spoil(value: unknown): void {
  if (value instanceof Date) value.setTime(0);
  else if (value instanceof Uint8Array) value.fill(0);
  else if (Array.isArray(value)) {
    value.forEach(spoil);
    value.push('spoilt');
  } else if (typeof value === 'object' && value !== null) Object.values(value).forEach(spoil);
}
