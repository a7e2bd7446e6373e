import { beforeEach, describe, expect, it } from 'vitest';
import { ContinueAuthorization } from '../../../src/application/authorization/continue-authorization.js';
import type { DecideAuthorizationInput, DecideAuthorizationResult } from '../../../src/application/authorization/decide-authorization.js';
import type { SignedIn } from '../../../src/application/sessions/find-session.js';
import { Authenticate } from '../../../src/application/tokens/authenticate.js';
import type { Client } from '../../../src/domain/clients/client.js';
import { parseToken } from '../../../src/domain/tokens/opaque-token.js';
import { aWorld, callback, codeOf, type World } from '../../support/world.js';

let world: World;
let client: Client;
let ada: SignedIn;
let requestId: string;

const decide = (changes: Partial<DecideAuthorizationInput> = {}) => world.decide(requestId, ada, changes);
const exchange = (text: string) => world.exchange(client, text);
const code = (result: DecideAuthorizationResult) => codeOf(result.outcome === 'answer' ? result.answer : null);
const grantIdOf = async (text: string) => (await world.storage.authorizationCodes.find(parseToken(text)?.id ?? ''))?.grantId;
const denied = { outcome: 'answer', answer: { redirectUri: callback, state: 'some state', error: { code: 'access_denied' } } };

beforeEach(async () => {
  world = aWorld();
  client = (await world.client()).client;
  ada = await world.signedIn(await world.person());
  requestId = (await world.request(client)).id;
});

describe('Allow', () => {
  it('sends a code with the state to the redirect URI (RFC 6749 §4.1.2)', async () => {
    const answer = { redirectUri: callback, state: 'some state', code: expect.stringMatching(/^kw_ac_/) };
    expect(await decide()).toEqual({ outcome: 'answer', client: expect.objectContaining({ name: 'Some app' }), answer });
  });

  it('gives exactly what was asked and shown', async () => {
    const { accessToken } = await exchange(code(await decide()));
    expect(await world.resolve(Authenticate).execute({ token: accessToken })).toMatchObject({
      user: { id: ada.user.id },
      token: { scopes: ['default', 'email'] },
    });
  });

  it('is remembered, so that the same is not asked again', async () => {
    await decide();
    expect(await world.storage.consents.find(ada.user.id, client.id)).toMatchObject({ scopes: ['default', 'email'] });
    const again = (await world.request(client)).id;
    expect(await world.resolve(ContinueAuthorization).execute(again, ada)).toMatchObject({ step: 'answer' });
  });

  it('twice, as by a double click: a second code under the same grant, and the first answer stays good', async () => {
    const [first, second] = [code(await decide()), code(await decide())];
    expect(second).not.toBe(first);
    expect(await grantIdOf(second)).toBe(await grantIdOf(first));
    const answers = [await exchange(first), await exchange(second)];
    for (const { accessToken } of answers) expect(await world.resolve(Authenticate).execute({ token: accessToken })).toMatchObject({ active: true });
  });

  it('ten times at once: one grant, and every code is good', async () => {
    const codes = (await Promise.all(Array.from({ length: 10 }, () => decide()))).map(code);
    expect(new Set(codes).size).toBe(10);
    expect(new Set(await Promise.all(codes.map(grantIdOf))).size).toBe(1);
    for (const one of codes) await expect(exchange(one)).resolves.toBeDefined();
  });

  it('again after what it gave was revoked: gives nothing', async () => {
    const first = code(await decide());
    await world.storage.grants.revoke((await grantIdOf(first)) ?? '', 'revoked_by_person', world.clock.now());
    expect(await decide()).toMatchObject({ outcome: 'answered' });
  });

  it('in two tabs with a request each: two grants that do not disturb each other', async () => {
    const [one, other] = [requestId, (await world.request(client)).id];
    const codes = [code(await decide({ requestId: one })), code(await decide({ requestId: other }))];
    expect(new Set(await Promise.all(codes.map(grantIdOf))).size).toBe(2);
    for (const each of codes) await expect(exchange(each)).resolves.toBeDefined();
  });
});

describe('Deny', () => {
  it('tells the client access_denied with its state, and is not remembered (RFC 6749 §4.1.2.1)', async () => {
    expect(await decide({ decision: 'deny' })).toMatchObject(denied);
    expect(await world.storage.consents.find(ada.user.id, client.id)).toBeNull();
  });

  it('twice says the same twice', async () => {
    await decide({ decision: 'deny' });
    expect(await decide({ decision: 'deny' })).toMatchObject(denied);
  });

  it('then allow: the first decision stands', async () => {
    await decide({ decision: 'deny' });
    expect(await decide()).toMatchObject({ outcome: 'answered' });
    expect(await world.storage.consents.find(ada.user.id, client.id)).toBeNull();
  });

  it('after allow: the first decision stands, and its code is good', async () => {
    const first = code(await decide());
    expect(await decide({ decision: 'deny' })).toMatchObject({ outcome: 'answered' });
    await expect(exchange(first)).resolves.toBeDefined();
  });

  it('keeps an earlier consent to less', async () => {
    await world.storage.consents.give({
      userId: ada.user.id,
      clientId: client.id,
      scopes: ['default'],
      declinedScopes: [],
      redirectUris: [callback],
      givenAt: world.clock.now(),
      expiresAt: null,
    });
    await decide({ decision: 'deny' });
    expect(await world.storage.consents.find(ada.user.id, client.id)).toMatchObject({ scopes: ['default'] });
  });
});

describe('A decision', () => {
  it('counts only after the new sign-in that the client asked for (OpenID Connect Core §3.1.2.1)', async () => {
    world.clock.pass(1);
    requestId = (await world.request(client, { prompt: 'login' })).id;
    expect(await decide()).toEqual({ outcome: 'not_yet' });
    expect(await decide({ signedIn: await world.signedIn(ada.user) })).toMatchObject({ outcome: 'answer' });
  });

  it.each(['allow', 'deny'] as const)('on a page that was shown to somebody else changes nothing (%s)', async (decision) => {
    const bob = await world.signedIn(await world.person('bob@example.com'));
    expect(await decide({ signedIn: bob, decision })).toEqual({ outcome: 'not_yet' });
    await expect(decide()).resolves.toMatchObject({ outcome: 'answer' });
  });

  it.each(['allow', 'deny'] as const)('of somebody else on a request that was decided gets nothing (%s)', async (decision) => {
    const bob = await world.signedIn(await world.person('bob@example.com'));
    await decide();
    expect(await decide({ signedIn: bob, shownTo: bob.user.id, decision })).toMatchObject({ outcome: 'answered' });
  });

  it.each([
    ['a request that was never made', () => (requestId = 'nonsense')],
    ['an expired request', () => world.clock.pass(1800)],
    ['a request whose client was disabled', () => world.storage.clients.setDisabled(client.id, { at: world.clock.now(), by: 'owner' })],
    ['a request whose client was removed', () => world.storage.clients.remove(client.id, world.clock.now())],
  ])('on %s changes nothing', async (_, happens) => {
    await happens();
    for (const decision of ['allow', 'deny'] as const) expect(await decide({ decision })).toEqual({ outcome: 'gone' });
    expect(await world.storage.consents.find(ada.user.id, client.id)).toBeNull();
  });
});
