import type { Storage } from '../application/ports/storage.js';
import type { Grant } from '../domain/authorization/grant.js';
import { uuid7 } from '../domain/tokens/uuid7.js';
import { expect } from './expect.js';
import { now, plus, someClient, someConsent, someIdentity, someSecret, someUser } from './fixtures.js';
import { givenCode, givenTokens } from './given.js';
import { it } from './runner.js';
import type { StorageHarness } from './storage-harness.js';
import { consumptionOf, keepingOf, rotationOf, someMachineToken } from './token-fixtures.js';
import { watchedFamily, watchedPerson } from './watched.js';

/** A verb that is about to be called, and everything that it may change. */
interface Case {
  act(): Promise<unknown>;
  seen(): Promise<unknown>;
}

/** Every verb of more than one write: whichever of them fails, it is as if the verb had not been called, and calling it again does it. */
export function failedWriteContract(store: () => Storage, harness: StorageHarness): void {
  const family = (grant: Grant, access: readonly string[], refresh: readonly string[]) => watchedFamily(store(), grant, access, refresh);
  const person = () => watchedPerson(store());

  const cases: [string, () => Promise<Case>][] = [
    [
      'consuming a code',
      async () => {
        const { grant, code } = await givenCode(store());
        const consumption = consumptionOf(code, grant);
        return {
          act: () => store().authorizationCodes.consume(consumption),
          seen: await family(grant, [consumption.accessToken.id], [consumption.refreshToken?.id ?? '']),
        };
      },
    ],
    [
      'revoking the grant of a code that is replayed',
      async () => {
        const { grant, code, accessToken, refreshToken } = await givenTokens(store());
        const consumption = consumptionOf(code, grant);
        return {
          act: () => store().authorizationCodes.consume(consumption),
          seen: await family(grant, [accessToken.id, consumption.accessToken.id], [refreshToken.id]),
        };
      },
    ],
    [
      'rotating a refresh token',
      async () => {
        const { grant, refreshToken } = await givenTokens(store());
        const rotation = rotationOf(refreshToken, grant);
        return {
          act: () => store().refreshTokens.rotate(rotation),
          seen: await family(grant, [rotation.accessToken.id], [refreshToken.id, rotation.successor.id]),
        };
      },
    ],
    [
      'revoking the grant of a refresh token that is reused',
      async () => {
        const { grant, refreshToken, accessToken } = await givenTokens(store());
        const rotation = rotationOf(refreshToken, grant);
        await store().refreshTokens.rotate(rotation);
        const reuse = rotationOf(refreshToken, grant, { at: rotation.repeatableUntil });
        return { act: () => store().refreshTokens.rotate(reuse), seen: await family(grant, [accessToken.id], [refreshToken.id, rotation.successor.id]) };
      },
    ],
    [
      'keeping a refresh token',
      async () => {
        const { grant, refreshToken } = await givenTokens(store());
        const keeping = keepingOf(refreshToken, grant);
        return { act: () => store().refreshTokens.keep(keeping), seen: await family(grant, [keeping.accessToken.id], [refreshToken.id]) };
      },
    ],
    [
      'revoking a grant',
      async () => {
        const { grant, accessToken, refreshToken } = await givenTokens(store());
        return { act: () => store().grants.revoke(grant.id, 'revoked_by_person', plus(1)), seen: await family(grant, [accessToken.id], [refreshToken.id]) };
      },
    ],
    [
      'ending an access token',
      async () => {
        const { grant, accessToken } = await givenTokens(store());
        return { act: () => store().accessTokens.revoke(accessToken.id, 'revoked_by_client', plus(1)), seen: await family(grant, [accessToken.id], []) };
      },
    ],
    [
      'adding a client with secrets',
      async () => {
        const client = someClient();
        const whole = { ...client, secrets: [someSecret(client.id), someSecret(client.id)] };
        return { act: () => store().clients.add(whole), seen: () => store().clients.find(client.id) };
      },
    ],
    [
      'disabling a client',
      async () => {
        const { grant, accessToken } = await givenTokens(store());
        return { act: () => store().clients.setDisabled(grant.clientId, { at: plus(1), by: 'house' }), seen: await family(grant, [accessToken.id], []) };
      },
    ],
    [
      'ending all that a client obtained for itself',
      async () => {
        const { grant } = await givenTokens(store());
        const token = someMachineToken(grant.clientId);
        await store().accessTokens.add(token);
        return { act: () => store().clients.revokeOwnTokens(grant.clientId, plus(1)), seen: await family(grant, [token.id], []) };
      },
    ],
    [
      'adding a person with an identity',
      async () => {
        const user = someUser();
        const identity = someIdentity(user.id);
        const seen = async () => [await store().users.find(user.id), await store().identities.findUser(identity.issuer, identity.subject)];
        return { act: () => store().identities.addWithUser(identity, user), seen };
      },
    ],
    [
      'removing a person',
      async () => {
        const { user, seen } = await person();
        return { act: () => store().users.remove(user.id, plus(1)), seen };
      },
    ],
    [
      'setting a password by a link',
      async () => {
        const { link, seen } = await person();
        return { act: () => store().passwords.setByLink(link.id, 'new hash'), seen };
      },
    ],
    [
      'changing a password',
      async () => {
        const { user, seen } = await person();
        const change = { userId: user.id, from: user.passwordHash ?? '', to: 'new hash', exceptSession: uuid7(now) };
        return { act: () => store().passwords.change(change), seen };
      },
    ],
    [
      'giving a consent',
      async () => {
        const { grant } = await givenCode(store());
        const seen = () => store().consents.find(grant.userId, grant.clientId);
        return { act: () => store().consents.give(someConsent(grant)), seen };
      },
    ],
  ];

  it.each(cases)('leaves nothing half-done, whichever of its writes fails: %s', async (what, given) => {
    for (let nth = 1; ; nth += 1) {
      const { act, seen } = await given();
      const before = await seen();
      const end = harness.failWrite?.(store(), nth);
      const failed = await act().then(
        () => false,
        () => true,
      );
      const came = end?.() ?? false;
      expect(failed, `the verb fails exactly when its write ${nth} does`).toBe(came);
      if (!came) {
        if (nth === 1) throw new Error(neverCame(what));
        break;
      }
      expect(await seen(), `after write ${nth} failed`).toEqual(before);
      await act();
      expect(await seen(), `called again after write ${nth} failed`).not.toEqual(before);
    }
  });
}

function neverCame(what: string): string {
  return [
    `failWrite let ${what} through: the function that failWrite(storage, 1) answered says that no write came, but ${what} writes.`,
    'Does failWrite see every statement that writes, whatever it begins with (REPLACE, MERGE, WITH …, lower case, a blank, a batch, a script)?',
    'Do all writes go through the one function that it replaces, those inside a transaction too?',
  ].join('\n');
}
