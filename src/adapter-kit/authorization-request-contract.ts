import { randomUUID } from 'node:crypto';
import type { Storage } from '../application/ports/storage.js';
import type { AuthorizationRequest, Decision } from '../domain/authorization/authorization-request.js';
import { deviceCodeGrant } from '../domain/clients/client.js';
import { expect } from './expect.js';
import { farthest, plus, someRequest, strangeKeys, trickyTexts } from './fixtures.js';
import { atOnce, tally, tenTimes } from './races.js';
import { it } from './runner.js';

const allowed = (): Decision => ({ kind: 'allowed', userId: randomUUID(), grantId: randomUUID() });
const denied = (): Decision => ({ kind: 'denied', userId: randomUUID() });

export function authorizationRequestContract(store: () => Storage): void {
  async function givenRequest(fields: Partial<AuthorizationRequest> = {}): Promise<AuthorizationRequest> {
    const request = someRequest(fields);
    await store().authorizationRequests.add(request);
    return request;
  }

  it.each<[string, Partial<AuthorizationRequest>]>([
    ['the least', { redirectUriNamed: false, scopes: [], resources: [], state: null, codeChallenge: null, prompts: [] }],
    ['lists in their order', { scopes: ['b', 'a', 'c'], resources: ['https://b.example/', 'https://a.example'], prompts: ['login', 'consent'] }],
    ['an empty state, which is not none', { state: '' }],
    ['a state in any script, byte for byte (RFC 6749 §4.1.2)', { state: trickyTexts.join('\r\n') }],
    ['a state of 64 kB', { state: 'ü'.repeat(32_768) }],
    ['lists of awkward texts', { scopes: trickyTexts, resources: trickyTexts }],
    ['a redirect URI of 2,000 characters', { redirectUri: `https://client.example/${'x'.repeat(1977)}` }],
    ['a private-use redirect URI', { redirectUri: 'com.example.app:/callback' }],
    ['what a device asks (ids that are not ordered by time, no address to go back to)', { id: randomUUID(), redirectUri: deviceCodeGrant, prompts: [] }],
    ['a client that is a URL', { clientId: `https://client.example/${'x'.repeat(1977)}` }],
    ['the past', { createdAt: plus(-2000), expiresAt: plus(-1000) }],
    ['the year 9999', { createdAt: farthest, expiresAt: farthest }],
    ['what it says of the person', { prompts: ['select_account'], maxAge: 0, loginHint: 'ada@example.com', chosenBy: randomUUID() }],
    ['the longest max_age', { maxAge: 1_000_000_000 }],
    ['what was allowed', { decision: allowed() }],
    ['what was denied', { decision: denied() }],
  ])('keeps every field of a request with %s', async (_, fields) => {
    const request = await givenRequest(fields);
    expect(await store().authorizationRequests.find(request.id)).toEqual(request);
  });

  it('refuses a second request of the same id, and keeps the first as it is', async () => {
    const request = await givenRequest();
    await expect(store().authorizationRequests.add(someRequest({ id: request.id, state: 'other' }))).rejects.toThrow();
    expect(await store().authorizationRequests.find(request.id)).toEqual(request);
  });

  it('notes whose account was chosen last, and nothing where there is no request', async () => {
    const [request, other] = [await givenRequest(), await givenRequest()];
    for (const chosenBy of [randomUUID(), randomUUID()]) {
      await store().authorizationRequests.chooseAccount(request.id, chosenBy);
      expect(await store().authorizationRequests.find(request.id)).toEqual({ ...request, chosenBy });
    }
    for (const key of [randomUUID(), ...strangeKeys]) await store().authorizationRequests.chooseAccount(key, randomUUID());
    expect(await store().authorizationRequests.find(other.id)).toEqual(other);
  });

  it.each([
    ['allowed', allowed()],
    ['denied', denied()],
  ])('records that it was %s', async (_, decision) => {
    const request = await givenRequest();
    expect(await store().authorizationRequests.decide(request.id, decision)).toEqual({ outcome: 'decided' });
    expect(await store().authorizationRequests.find(request.id)).toEqual({ ...request, decision });
  });

  it.each([
    ['allowed, then denied', allowed(), denied()],
    ['denied, then allowed', denied(), allowed()],
    ['allowed twice', allowed(), allowed()],
  ])('lets the first decision stand: %s', async (_, first, second) => {
    const request = await givenRequest();
    await store().authorizationRequests.decide(request.id, first);
    expect(await store().authorizationRequests.decide(request.id, second)).toEqual({ outcome: 'earlier', earlier: first });
    expect(await store().authorizationRequests.find(request.id)).toEqual({ ...request, decision: first });
  });

  it('tells 20 who decide at once the same decision', () =>
    tenTimes(async () => {
      const request = await givenRequest();
      const decisions = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? allowed() : denied()));
      const results = await atOnce(20, (index) => store().authorizationRequests.decide(request.id, decisions[index] as Decision));
      const winner = decisions[results.findIndex((result) => result?.outcome === 'decided')];
      expect(tally(results.map((result) => result?.outcome ?? 'null'))).toEqual({ decided: 1, earlier: 19 });
      for (const result of results) if (result?.outcome === 'earlier') expect(result.earlier).toEqual(winner);
      expect(await store().authorizationRequests.find(request.id)).toEqual({ ...request, decision: winner });
    }));

  it('finds and decides nothing under any other key', async () => {
    const request = await givenRequest();
    for (const key of [randomUUID(), ...strangeKeys]) {
      expect(await store().authorizationRequests.find(key), `id ${key}`).toBeNull();
      expect(await store().authorizationRequests.decide(key, denied()), `id ${key}`).toBeNull();
    }
    expect(await store().authorizationRequests.find(request.id)).toEqual(request);
  });
}
