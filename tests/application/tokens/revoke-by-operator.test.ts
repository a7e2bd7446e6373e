import { crc32 } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { someConsent } from '../../../src/adapter-kit/fixtures.js';
import { EndAccess } from '../../../src/application/connections/end-access.js';
import { ForgetConsent } from '../../../src/application/connections/forget-consent.js';
import type { Storage } from '../../../src/application/ports/storage.js';
import { type OperatorRevocation, RevokeByOperator } from '../../../src/application/tokens/revoke-by-operator.js';
import { NotFound } from '../../../src/domain/errors.js';
import { mintToken } from '../../../src/domain/tokens/opaque-token.js';
import { createMemoryStorage } from '../../../src/infrastructure/memory/create-memory-storage.js';
import { problemsOf, someClient, someClock, someGrant, someUser } from '../some.js';

const now = new Date('2030-01-01T00:00:00Z');
const later = new Date('2031-01-01T00:00:00Z');
const [ada, bob] = [someUser(), someUser({ email: 'bob@example.com' })];
const [one, other] = [someClient(), someClient()];

describe('RevokeByOperator', () => {
  let storage: Storage;
  let revokeByOperator: RevokeByOperator;
  const revoke = (input: OperatorRevocation) => revokeByOperator.execute(input);
  const grants = {
    adaOne: someGrant({ userId: ada.id, clientId: one.id }),
    adaOther: someGrant({ userId: ada.id, clientId: other.id }),
    bobOne: someGrant({ userId: bob.id, clientId: one.id }),
  };
  const revoked = async () => {
    const ended = await Promise.all(
      Object.entries(grants).map(async ([name, { id }]) => ((await storage.grants.find(id))?.revoked?.reason === 'revoked_by_operator' ? [name] : [])),
    );
    return ended.flat();
  };

  beforeEach(async () => {
    storage = createMemoryStorage();
    for (const user of [ada, bob]) await storage.users.add(user);
    for (const client of [one, other]) await storage.clients.add(client);
    for (const grant of Object.values(grants)) await storage.grants.add(grant);
    const { accessTokens, refreshTokens, users, clients } = storage;
    const clock = someClock(now);
    const forgetConsent = new ForgetConsent(storage.consents);
    const endAccess = new EndAccess(storage.grants, forgetConsent, clock);
    revokeByOperator = new RevokeByOperator(accessTokens, refreshTokens, storage.grants, users, clients, endAccess, forgetConsent, clock);
  });

  it.each([
    ['a person', { user: { email: 'ADA@example.com' } }, ['adaOne', 'adaOther']],
    ['a person for a client', { user: { id: ada.id }, clientId: one.id }, ['adaOne']],
  ] as const)('ends every grant of %s and no other', async (_, input, ended) => {
    const whose = { userId: ada.id };
    expect(await revoke(input)).toEqual({ ended: 'grants', count: ended.length, consents: 0, ...whose });
    expect(await revoked()).toEqual(ended);
    expect(await revoke(input)).toEqual({ ended: 'grants', count: 0, consents: 0, ...whose });
  });

  it.each([
    ['a person', { user: { id: ada.id } }, ['bobOne']],
    ['a person for a client', { user: { id: ada.id }, clientId: one.id }, ['adaOther', 'bobOne']],
  ] as const)('forgets what was agreed to with the grants of %s, and nothing else, and says how many consents that were', async (_, input, left) => {
    for (const { userId, clientId } of Object.values(grants)) await storage.consents.give(someConsent({ userId, clientId }));
    expect(await revoke(input)).toMatchObject({ consents: 3 - left.length });
    const found = await Promise.all(Object.values(grants).map(({ userId, clientId }) => storage.consents.find(userId, clientId)));
    expect(Object.keys(grants).filter((_, index) => found[index] !== null)).toEqual(left);
  });

  it.each([[{ user: { email: 'eve@example.com' } }], [{ user: { id: ada.id }, clientId: 'nothing' }], [{ user: { id: 'nobody' }, clientId: one.id }]])(
    'ends nothing when one of those named is not there: %j',
    async (input) => {
      await expect(revoke(input)).rejects.toThrow(NotFound);
      expect(await revoked()).toEqual([]);
    },
  );

  describe('given a token', () => {
    const code = mintToken('ac', now);
    const access = mintToken('at', now);
    const refresh = mintToken('rt', now);
    const common = {
      clientId: one.id,
      userId: ada.id,
      grantId: grants.adaOne.id,
      scopes: ['default'],
      resources: [],
      authenticatedAt: null,
      issuedAt: now,
      expiresAt: later,
    };

    beforeEach(async () => {
      await storage.authorizationCodes.add({ ...common, id: code.id, digest: code.digest, redirectUri: null, grantExpiresAt: null, codeChallenge: null });
      const accessToken = { ...common, id: access.id, digest: access.digest };
      const refreshToken = { ...common, id: refresh.id, digest: refresh.digest, absoluteExpiresAt: later };
      await storage.authorizationCodes.consume({ id: code.id, at: now, accessToken, refreshToken });
    });

    it('ends that access token and nothing beside it', async () => {
      expect(await revoke({ token: access.token })).toEqual({ ended: 'access_token', tokenId: access.id, grantId: grants.adaOne.id, already: false });
      expect((await storage.accessTokens.find(access.id))?.ended?.reason).toBe('revoked_by_operator');
      expect(await revoked()).toEqual([]);
      expect(await revoke({ token: access.token })).toMatchObject({ already: true });
    });

    it('ends the whole grant of a refresh token (RFC 7009 §2.1)', async () => {
      expect(await revoke({ token: refresh.token })).toEqual({ ended: 'grant', grantId: grants.adaOne.id, already: false, consents: 0 });
      expect(await revoked()).toEqual(['adaOne']);
      expect((await storage.accessTokens.find(access.id))?.ended).not.toBeNull();
      expect(await revoke({ token: refresh.token })).toMatchObject({ already: true });
    });

    it('forgets what was agreed to with the grant of a refresh token, not with one access token, and not what was agreed to since', async () => {
      const pair = { userId: ada.id, clientId: one.id };
      await storage.consents.give(someConsent(pair, { givenAt: now }));
      await revoke({ token: access.token });
      expect(await storage.consents.find(pair.userId, pair.clientId)).not.toBeNull();
      expect(await revoke({ token: refresh.token })).toMatchObject({ consents: 1 });
      expect(await storage.consents.find(pair.userId, pair.clientId)).toBeNull();
      await storage.consents.give(someConsent(pair, { givenAt: later }));
      await revoke({ token: refresh.token });
      expect(await storage.consents.find(pair.userId, pair.clientId)).not.toBeNull();
    });

    it.each(['', 'nonsense', access.token.slice(0, -1), `${access.token} `, access.token.replace('_at_', '_rt_')])(
      'refuses %j: cut, mistyped or not ours',
      async (token) => {
        expect(await problemsOf(revoke({ token }))).toEqual(['token']);
      },
    );

    it.each([
      ['ac', 'an authorization code'],
      ['se', 'a session'],
      ['cs', 'a client secret'],
      ['rs', 'the secret of a resource server'],
      ['al', 'an account link'],
      ['us', 'a sign-in that is under way'],
    ] as const)('refuses what is no access or refresh token, and says what it is (%s)', async (kind, what) => {
      const message = `is ${what}, not an access token or a refresh token`;
      await expect(revoke({ token: mintToken(kind, now).token })).rejects.toMatchObject({ problems: [{ field: 'token', message }] });
    });

    it.each(['at', 'rt'] as const)('finds no token that was never issued, nor one with the right id and another secret (%s)', async (kind) => {
      await expect(revoke({ token: mintToken(kind, now).token })).rejects.toThrow(NotFound);
      await expect(revoke({ token: forged(kind === 'at' ? access.token : refresh.token, now) })).rejects.toThrow(NotFound);
      expect(await revoked()).toEqual([]);
      expect((await storage.accessTokens.find(access.id))?.ended).toBeNull();
    });
  });
});

/** A well-formed token with the selector of another one. */
function forged(token: string, at: Date): string {
  const kind = token.slice(3, 5) as 'at' | 'rt';
  const bytes = Buffer.concat([
    Buffer.from(token.slice(6, 70), 'base64url').subarray(0, 16),
    Buffer.from(mintToken(kind, at).token.slice(6, 70), 'base64url').subarray(16),
  ]);
  const body = `kw_${kind}_${bytes.toString('base64url')}`;
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return body + sum.toString('base64url');
}
