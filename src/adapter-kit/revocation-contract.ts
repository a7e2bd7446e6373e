import type { NoticeListener } from '../application/ports/change-notices.js';
import type { Storage } from '../application/ports/storage.js';
import type { Revocation, RevokedSubject } from '../domain/tokens/revocation.js';
import { uuid7 } from '../domain/tokens/uuid7.js';
import { eventually } from './eventually.js';
import { expect } from './expect.js';
import { plus, someClient, someGrant } from './fixtures.js';
import { givenClient, givenGrant, givenTokens, givenUser } from './given.js';
import { atOnce } from './races.js';
import { revocationReadingContract, revocationsSince, subjects } from './revocation-reading-contract.js';
import { it } from './runner.js';
import { consumptionOf, keepingOf, rotationOf, someMachineToken } from './token-fixtures.js';

const day = 86_400_000;

/** Each rule has a store of its own, so that what it finds in the log is its own. */
export function revocationContract(store: () => Storage): void {
  /** What `work` adds to the log. */
  async function added(work: () => Promise<unknown>): Promise<Revocation[]> {
    const before = await store().revocations.latest();
    await work();
    return (await revocationsSince(store(), before)).revocations;
  }

  it('has an entry for an access token that is revoked, with its own expiry', async () => {
    const { accessToken } = await givenTokens(store());
    const entries = await added(() => store().accessTokens.revoke(accessToken.id, 'revoked_by_client', plus(5)));
    expect(entries).toEqual([{ subject: { kind: 'token', tokenId: accessToken.id }, at: plus(5), until: accessToken.expiresAt, reason: 'revoked_by_client' }]);
    expect(await added(() => store().accessTokens.revoke(accessToken.id, 'revoked_by_operator', plus(6)))).toEqual([]);
  });

  it('has an entry for a grant that is revoked, needed at least as long as its access tokens live', async () => {
    const { grant } = await givenTokens(store(), { accessToken: { expiresAt: plus(3 * day) } });
    const [entry, ...more] = await added(() => store().grants.revoke(grant.id, 'revoked_by_person', plus(5)));
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ subject: { kind: 'grant', grantId: grant.id }, at: plus(5), reason: 'revoked_by_person' });
    expect(Number(entry?.until)).toBeGreaterThanOrEqual(plus(3 * day).getTime());
    expect(await added(() => store().grants.revoke(grant.id, 'revoked_by_person', plus(6)))).toEqual([]);
  });

  it('has an entry for the grant of a replayed code (RFC 6749 §4.1.2), and one only', async () => {
    const { grant, code } = await givenTokens(store());
    const entries = await added(() => atOnce(5, () => store().authorizationCodes.consume(consumptionOf(code, grant))));
    expect(entries.map(({ subject, reason }) => ({ subject, reason }))).toEqual([{ subject: { kind: 'grant', grantId: grant.id }, reason: 'code_replayed' }]);
  });

  it('has an entry for the grant of a reused refresh token (RFC 9700 §4.14.2), and one only', async () => {
    const { grant, refreshToken } = await givenTokens(store());
    await store().refreshTokens.rotate(rotationOf(refreshToken, grant));
    const late = { at: plus(2 * 3_600_000) };
    const entries = await added(() => atOnce(5, () => store().refreshTokens.rotate(rotationOf(refreshToken, grant, late))));
    expect(entries.map(({ subject, reason }) => ({ subject, reason }))).toEqual([
      { subject: { kind: 'grant', grantId: grant.id }, reason: 'refresh_token_reused' },
    ]);
  });

  it('has nothing of what ends no access token', async () => {
    const abandoned = await givenGrant(store());
    const { grant, refreshToken } = await givenTokens(store());
    const token = someMachineToken(grant.clientId);
    const entries = await added(async () => {
      await store().grants.revoke(abandoned.id, 'abandoned', plus(1));
      await store().accessTokens.add(token);
      await store().refreshTokens.keep(keepingOf(refreshToken, grant));
      await store().refreshTokens.rotate(rotationOf(refreshToken, grant));
      await store().grants.revokeAll({ userId: uuid7(plus(0)) }, 'revoked_by_person', plus(2));
      await store().accessTokens.revoke(uuid7(plus(0)), 'revoked_by_client', plus(2));
      await store().clients.update(someClient({ id: grant.clientId }));
    });
    expect(entries).toEqual([]);
  });

  it('says when a client is disabled, restored and removed, each once', async () => {
    const client = await givenClient(store());
    const entries = await added(async () => {
      await store().clients.setDisabled(client.id, null);
      await store().clients.setDisabled(client.id, { at: plus(1), by: 'owner' });
      await store().clients.setDisabled(client.id, { at: plus(2), by: 'house' });
      await store().clients.setDisabled(client.id, null);
      await store().clients.remove(client.id, plus(3));
      await store().clients.remove(client.id, plus(4));
    });
    expect(new Set(entries.map(({ subject }) => JSON.stringify(subject)))).toEqual(new Set([JSON.stringify({ kind: 'client', clientId: client.id })]));
    expect(entries.map(({ reason }) => reason)).toEqual(['client_disabled', 'restored', 'revoked_by_operator']);
    expect([entries[0]?.at, entries[2]?.at]).toEqual([plus(1), plus(3)]);
  });

  it('says when all that a client obtained for itself is ended, needed at least as long as its access tokens live, and again only for a later moment', async () => {
    const client = await givenClient(store());
    await store().accessTokens.add(someMachineToken(client.id, { expiresAt: plus(3 * day) }));
    const entries = await added(async () => {
      for (const at of [plus(2), plus(2), plus(1), plus(3)]) await store().clients.revokeOwnTokens(client.id, at);
    });
    expect(entries.map(({ until: _, ...entry }) => entry)).toEqual(
      [plus(2), plus(3)].map((at) => ({ subject: { kind: 'own_tokens', clientId: client.id }, at, reason: 'revoked_by_operator' })),
    );
    for (const { until } of entries) expect(Number(until)).toBeGreaterThanOrEqual(plus(3 * day).getTime());
  });

  it('says when a person is disabled and restored, each once', async () => {
    const user = await givenUser(store());
    const entries = await added(async () => {
      await store().users.setDisabled(user.id, null);
      await store().users.setDisabled(user.id, plus(1));
      await store().users.setDisabled(user.id, plus(2));
      await store().users.setDisabled(user.id, null);
    });
    expect(subjects(entries)).toEqual(Array(2).fill({ kind: 'user', userId: user.id }));
    expect(entries.map(({ reason }) => reason)).toEqual(['user_disabled', 'restored']);
    // For the tokens that are being issued just then, also where there is none yet.
    for (const { at, until } of entries) expect(Number(until)).toBeGreaterThanOrEqual(at.getTime() + day);
  });

  const many: [string, (userId: string, clientId: string) => Parameters<Storage['grants']['revokeAll']>[0], (subject: RevokedSubject) => unknown][] = [
    ['a person', (userId) => ({ userId }), (subject) => subject.kind === 'grants' && subject.userId !== null && subject.clientId === null],
    ['a client', (_, clientId) => ({ clientId }), (subject) => subject.kind === 'grants' && subject.userId === null && subject.clientId !== null],
    ['a person for a client', (userId, clientId) => ({ userId, clientId }), (subject) => subject.kind === 'grants' && subject.userId && subject.clientId],
  ];
  it.each(many)('names the grants that are revoked together, and when they are very many only whose they were: those of %s', async (_, of, together) => {
    const { userId, clientId } = await givenGrant(store());
    await store().grants.add(someGrant(userId, clientId));
    const few = await added(() => store().grants.revokeAll(of(userId, clientId), 'revoked_by_person', plus(1)));
    expect(few.map(({ subject }) => subject.kind)).toEqual(['grant', 'grant']);

    for (let index = 0; index < 50; index += 1) await store().grants.add(someGrant(userId, clientId));
    const entries = await added(() => store().grants.revokeAll(of(userId, clientId), 'revoked_by_person', plus(2)));
    expect(entries).toHaveLength(1);
    expect(subjects(entries).every((subject) => Boolean(together(subject)))).toBe(true);
    expect(entries[0]).toMatchObject({ at: plus(2), reason: 'revoked_by_person' });

    // What was told together does not silence what comes later.
    const later = someGrant(userId, clientId);
    await store().grants.add(later);
    expect(subjects(await added(() => store().grants.revoke(later.id, 'revoked_by_person', plus(3))))).toEqual([{ kind: 'grant', grantId: later.id }]);
  });

  it('names of very many those that a clock that is ahead made later: by the moment of the end nobody would know that they are meant', async () => {
    const { userId, clientId } = await givenGrant(store());
    for (let index = 0; index < 30; index += 1) await store().grants.add(someGrant(userId, clientId));
    const later = [plus(3), plus(8000)].map((createdAt) => someGrant(userId, clientId, { id: uuid7(createdAt), createdAt }));
    for (const grant of later) await store().grants.add(grant);
    const entries = await added(() => store().grants.revokeAll({ userId }, 'revoked_by_person', plus(2)));
    for (const entry of entries) expect(entry).toMatchObject({ at: plus(2), reason: 'revoked_by_person' });
    expect(new Set(subjects(entries).map((subject) => (subject.kind === 'grant' ? subject.grantId : subject.kind)))).toEqual(
      new Set(['grants', ...later.map(({ id }) => id)]),
    );
    expect(entries).toHaveLength(3);
  });

  revocationReadingContract(store);

  it('gives notice whenever it grows', async () => {
    const { grant } = await givenTokens(store());
    let [heard, resumed] = [0, false];
    const listener: NoticeListener = {
      changed: () => {
        heard += 1;
      },
      lost: () => undefined,
      resumed: () => {
        resumed = true;
      },
    };
    const end = store().notices.subscribe('revocations', listener);
    await eventually('the subscriber hears', () => resumed);
    await store().grants.revoke(grant.id, 'revoked_by_person', plus(1));
    await eventually('the notice of a revocation', () => heard > 0);
    end();
  });

  it('takes an entry about what is kept elsewhere, and keeps others as long as what is kept elsewhere lives', async () => {
    const grant = await givenGrant(store());
    const entry = { subject: { kind: 'token', tokenId: uuid7(plus(0)) }, at: plus(5), until: plus(50), reason: 'revoked_by_client' } as const;
    const entries = await added(async () => {
      await store().revocations.add(entry);
      await store().revocations.reach(plus(9 * day));
      await store().revocations.reach(plus(8 * day));
      await store().grants.revoke(grant.id, 'revoked_by_person', plus(6));
    });
    expect(entries[0]).toEqual(entry);
    expect(Number(entries[1]?.until)).toBeGreaterThanOrEqual(plus(9 * day).getTime());
  });
}
