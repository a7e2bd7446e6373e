import type { Storage } from '../application/ports/storage.js';
import { expect } from './expect.js';
import { newBytes, plus, someClient, someConsent, someGrant, someRequest, someSecret } from './fixtures.js';
import { givenUser } from './given.js';
import { it } from './runner.js';
import { consumptionOf, someAccessToken, someCode, someMachineToken, someRefreshToken } from './token-fixtures.js';

/** As a client that describes itself is called (Client ID Metadata Document §3): what makes two of them differ comes last. */
const anAddress = () => `https://client.example/${'folder/'.repeat(300)}`.slice(0, 2000 - 64) + Buffer.from(newBytes()).toString('hex');

/** A client may be called by an address, of 2,000 characters at most. */
export function addressedClientContract(store: () => Storage): void {
  it('keeps apart two clients whose ids are addresses of 2,000 characters, with every field of what is theirs', async () => {
    const storage = store();
    const user = await givenUser(storage);
    const called = async (clientId: string) => {
      const client = someClient({ id: clientId, type: 'confidential', secrets: [someSecret(clientId)] });
      const consent = someConsent({ userId: user.id, clientId }, { expiresAt: null });
      const [grant, request] = [someGrant(user.id, clientId), someRequest({ clientId })];
      const [code, accessToken, refreshToken, own] = [someCode(grant), someAccessToken(grant), someRefreshToken(grant), someMachineToken(clientId)];
      expect(await storage.clients.add(client)).toBe('added');
      await storage.consents.give(consent);
      await storage.grants.add(grant);
      await storage.authorizationRequests.add(request);
      await storage.accessTokens.add(own);
      await storage.authorizationCodes.add(code);
      expect(await storage.authorizationCodes.consume(consumptionOf(code, grant, { accessToken, refreshToken }))).toBe('consumed');
      return { client, consent, grant, request, accessToken, refreshToken, own };
    };
    const [one, other] = [await called(anAddress()), await called(anAddress())];
    for (const { client, consent, grant, request, accessToken, refreshToken, own } of [one, other]) {
      expect(await storage.clients.find(client.id)).toEqual(client);
      expect(await storage.consents.find(user.id, client.id)).toEqual(consent);
      expect((await storage.grants.find(grant.id))?.clientId).toBe(client.id);
      expect(await storage.authorizationRequests.find(request.id)).toEqual(request);
      for (const { id, ...fields } of [accessToken, own]) expect(await storage.accessTokens.find(id)).toMatchObject({ ...fields, ended: null });
      expect((await storage.refreshTokens.find(refreshToken.id))?.clientId).toBe(client.id);
    }
    const listed = async () => (await storage.connections.listOf(user.id, plus(1), { limit: 10 })).items.map(({ client: { id } }) => id);
    expect(await listed()).toEqual([one.client.id, other.client.id].sort());

    await storage.grants.revokeAll({ clientId: one.client.id }, 'revoked_by_operator', plus(1));
    await storage.clients.revokeOwnTokens(one.client.id, plus(1));
    for (const { id } of [one.accessToken, one.own])
      expect((await storage.accessTokens.find(id))?.ended).toEqual({ at: plus(1), reason: 'revoked_by_operator' });
    for (const { id } of [other.accessToken, other.own]) expect((await storage.accessTokens.find(id))?.ended).toBeNull();
  });
}
