import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { AuthorizeInput } from '../../../src/application/authorization/authorize.js';
import { ContinueAuthorization, type NextStep } from '../../../src/application/authorization/continue-authorization.js';
import type { ChosenSettings } from '../../../src/application/clients/default-settings.js';
import { EditClient } from '../../../src/application/clients/edit-client.js';
import { DisconnectApp } from '../../../src/application/connections/disconnect-app.js';
import type { SignedIn } from '../../../src/application/sessions/find-session.js';
import type { Consent } from '../../../src/domain/authorization/consent.js';
import type { Client } from '../../../src/domain/clients/client.js';
import { later } from '../../../src/domain/moments.js';
import type { User } from '../../../src/domain/people/user.js';
import { parseToken } from '../../../src/domain/tokens/opaque-token.js';
import { aWorld, callback, codeOf, type World } from '../../support/world.js';

const added = 'https://app.example/added';
let world: World;
let ada: User;
let signedIn: SignedIn;
let client: Client;

const next = (requestId: string, by: SignedIn | null = signedIn) => world.resolve(ContinueAuthorization).execute(requestId, by);
const ask = async (changes: Partial<AuthorizeInput> = {}, by = client) => (await world.request(by, changes)).id;
const agree = (by: Client, scopes: readonly string[], redirectUris = by.redirectUris) =>
  world.storage.consents.give({
    userId: ada.id,
    clientId: by.id,
    scopes,
    declinedScopes: [],
    redirectUris,
    givenAt: world.clock.now(),
    expiresAt: null,
  });

function someConsent(by: Client, fields: Partial<Consent>): Consent {
  return { userId: ada.id, clientId: by.id, scopes: [], declinedScopes: [], redirectUris: [callback], givenAt: world.clock.now(), expiresAt: null, ...fields };
}

async function grantOf(step: NextStep) {
  const code = codeOf(step.step === 'answer' ? step.answer : null);
  return world.storage.grants.find((await world.storage.authorizationCodes.find(parseToken(code)?.id ?? ''))?.grantId ?? '');
}

beforeEach(async () => {
  world = aWorld();
  ada = await world.person();
  signedIn = await world.signedIn(ada);
  client = (await world.client()).client;
});

describe('ContinueAuthorization asks', () => {
  it('when the answer would go to an address that is newer than the consent, and does not when it would go where it went', async () => {
    await agree(client, ['default', 'email']);
    const { redirectUris } = client;
    client = await world.resolve(EditClient).execute({ actor: 'operator', clientId: client.id, changes: { redirectUris: [...redirectUris, added] } });
    expect(await next(await ask({ redirectUri: added }))).toMatchObject({ step: 'consent' });
    expect(await next(await ask({ redirectUri: added, prompt: 'none' }))).toMatchObject({ answer: { error: { code: 'consent_required' } } });
    expect(await next(await ask())).toMatchObject({ step: 'answer', answer: { code: expect.any(String) } });
  });

  it('on no new port of a loopback address that was agreed to (RFC 8252 §7.3)', async () => {
    const { client: app } = await world.client({ type: 'public', redirectUris: ['http://127.0.0.1/callback'] });
    const on = (port: number) => ask({ redirectUri: `http://127.0.0.1:${port}/callback` }, app);
    const id = await on(4000);
    await world.decide(id, signedIn);
    expect(await next(await on(5000))).toMatchObject({ step: 'answer', answer: { code: expect.any(String) } });
  });

  it('when the consent is withdrawn while it is about to be used, and gives no grant', async () => {
    await agree(client, ['default', 'email']);
    const find = vi.spyOn(world.storage.consents, 'find').mockImplementationOnce(async (...key) => {
      find.mockRestore();
      const consent = await world.storage.consents.find(...key);
      await world.resolve(DisconnectApp).execute({ actor: { id: ada.id, admin: false }, clientId: client.id });
      return consent;
    });
    expect(await next(await ask())).toMatchObject({ step: 'consent' });
    expect((await world.storage.connections.listOf(ada.id, world.clock.now(), { limit: 10 })).items).toEqual([]);
  });

  describe('about what the client may still have', () => {
    const change = (changes: ChosenSettings) => world.resolve(EditClient).execute({ actor: 'operator', clientId: client.id, changes });

    it('not for a scope that was taken from it while the request waited', async () => {
      const id = await ask();
      await change({ scopes: ['default'], optionalScopes: [] });
      expect(await next(id)).toMatchObject({ step: 'consent', request: { scopes: ['default'] } });
      const decided = await world.decide(id, signedIn);
      expect(await grantOf({ ...decided, step: decided.outcome } as NextStep)).toMatchObject({ scopes: ['default'] });
    });

    it.each<[string, ChosenSettings]>([
      ['the address', { redirectUris: ['https://elsewhere.example/'] }],
      ['every scope', { scopes: ['profile'], optionalScopes: [] }],
      ['the grant type', { grantTypes: ['client_credentials'] }],
    ])('not at all when %s was taken from it: nobody is sent there', async (_, changes) => {
      const [waiting, deciding] = [await ask(), await ask()];
      await change(changes);
      expect(await next(waiting)).toEqual({ step: 'gone' });
      const decide = (decision: 'allow' | 'deny') => world.decide(deciding, signedIn, { decision });
      expect(await decide('deny')).toEqual({ outcome: 'gone' });
      expect(await decide('allow')).toEqual({ outcome: 'gone' });
    });
  });

  it('nobody in particular to sign in', async () => {
    expect(await next(await ask(), null)).toMatchObject({ step: 'sign_in', client: { id: client.id } });
  });

  it('the person who is signed in for consent', async () => {
    expect(await next(await ask())).toMatchObject({
      step: 'consent',
      client: { id: client.id },
      user: { id: ada.id },
      request: { scopes: ['default', 'email'] },
    });
  });

  it('again and again until the person decides: the page may be reloaded', async () => {
    const id = await ask();
    for (let turn = 0; turn < 3; turn += 1) expect(await next(id)).toMatchObject({ step: 'consent' });
  });

  it('for consent to more than was agreed to before', async () => {
    await agree(client, ['default']);
    expect(await next(await ask())).toMatchObject({ step: 'consent' });
  });

  it('for consent again when the earlier one is over', async () => {
    await world.storage.consents.give(someConsent(client, { scopes: ['default', 'email'], expiresAt: later(world.clock.now(), 3600) }));
    world.clock.pass(3600);
    expect(await next(await ask())).toMatchObject({ step: 'consent' });
  });

  it('for consent to what was left out, once the client no longer lets people leave it out', async () => {
    await world.storage.consents.give(someConsent(client, { scopes: ['default'], declinedScopes: ['email'] }));
    expect(await next(await ask())).toMatchObject({ step: 'consent', optionalScopes: [] });
  });

  it('for consent when everything that is asked for was left out before', async () => {
    const own = (await world.client({ optionalScopes: ['email'] })).client;
    await world.storage.consents.give(someConsent(own, { scopes: ['default'], declinedScopes: ['email'] }));
    expect(await next(await ask({ scope: 'email' }, own))).toMatchObject({ step: 'consent', optionalScopes: ['email'] });
  });

  it('says which of the scopes that are asked for may be left out', async () => {
    const own = (await world.client({ optionalScopes: ['profile', 'email'] })).client;
    expect(await next(await ask({}, own))).toMatchObject({ step: 'consent', optionalScopes: ['email'] });
  });

  it('each person for a consent of their own', async () => {
    await agree(client, ['default', 'email']);
    const bob = await world.signedIn(await world.person('bob@example.com'));
    expect(await next(await ask(), bob)).toMatchObject({ step: 'consent', user: { email: 'bob@example.com' } });
  });
});

describe('ContinueAuthorization answers at once', () => {
  it.each<[string, ChosenSettings]>([
    ['with a consent given before', {}],
    ['with a consent given before to a public client that lives on the web', { type: 'public' }],
    ['with a consent given before to a confidential client on loopback', { redirectUris: ['http://127.0.0.1/cb'] }],
    ['with a consent given before to a public client on loopback, whose code is bound by PKCE', { type: 'public', redirectUris: ['http://127.0.0.1/cb'] }],
  ])('%s', async (_, settings) => {
    const own = (await world.client(settings)).client;
    await agree(own, ['default', 'email', 'profile']);
    const [redirectUri] = own.redirectUris;
    expect(await next(await ask({ redirectUri: redirectUri as string }, own))).toMatchObject({
      step: 'answer',
      answer: { redirectUri, state: 'some state', code: expect.stringMatching(/^kw_ac_/) },
    });
  });

  it('within the scopes that were agreed to, where the others were left out and may be', async () => {
    const own = (await world.client({ optionalScopes: ['email'] })).client;
    await world.storage.consents.give(someConsent(own, { scopes: ['default'], declinedScopes: ['email'] }));
    expect(await grantOf(await next(await ask({}, own)))).toMatchObject({ scopes: ['default'], expiresAt: null });
  });

  it('until the consent ends, where the person limited it', async () => {
    const expiresAt = later(world.clock.now(), 3600);
    await world.storage.consents.give(someConsent(client, { scopes: ['default', 'email'], expiresAt }));
    world.clock.pass(3599.999);
    expect(await grantOf(await next(await ask()))).toMatchObject({ scopes: ['default', 'email'], expiresAt });
  });

  it('where the house decided that people are not asked', async () => {
    const own = (await world.client({ consent: 'skip' })).client;
    expect(await next(await ask({}, own))).toMatchObject({ step: 'answer' });
  });

  it('once; the second of two at the same moment gets a code of its own under the same grant', async () => {
    await agree(client, ['default', 'email']);
    const id = await ask();
    const answers = await Promise.all([next(id), next(id)]);
    const codes = answers.map((step) => codeOf(step.step === 'answer' ? step.answer : null));
    expect(new Set(codes).size).toBe(2);
    for (const code of codes) {
      await expect(world.exchange(client, code)).resolves.toBeDefined();
    }
  });
});

describe('prompt (OpenID Connect Core §3.1.2.1)', () => {
  it('login asks a person to sign in again who was signed in before the request', async () => {
    world.clock.pass(1);
    const id = await ask({ prompt: 'login' });
    expect(await next(id)).toMatchObject({ step: 'sign_in' });
    world.clock.pass(1);
    expect(await next(id, await world.signedIn(ada))).toMatchObject({ step: 'consent' });
  });

  it('consent asks for consent that was given before, and is content with the answer', async () => {
    await agree(client, ['default', 'email']);
    const id = await ask({ prompt: 'consent' });
    expect(await next(id)).toMatchObject({ step: 'consent' });
    const result = await world.decide(id, signedIn);
    expect(result).toMatchObject({ outcome: 'answer', answer: { code: expect.any(String) } });
  });

  it('consent asks also where the house decided that people are not asked', async () => {
    const own = (await world.client({ consent: 'skip' })).client;
    expect(await next(await ask({ prompt: 'consent' }, own))).toMatchObject({ step: 'consent' });
  });

  it('none shows no page to somebody who is not signed in: login_required', async () => {
    expect(await next(await ask({ prompt: 'none' }), null)).toMatchObject({
      step: 'answer',
      answer: { redirectUri: callback, state: 'some state', error: { code: 'login_required' } },
    });
  });

  it('none shows no page to somebody who has not agreed: consent_required', async () => {
    expect(await next(await ask({ prompt: 'none' }))).toMatchObject({ step: 'answer', answer: { error: { code: 'consent_required' } } });
  });

  it('none answers with a code where nothing has to be asked', async () => {
    await agree(client, ['default', 'email']);
    expect(await next(await ask({ prompt: 'none' }))).toMatchObject({ step: 'answer', answer: { code: expect.any(String) } });
  });
});

describe('ContinueAuthorization says that it is over', () => {
  it.each(['', 'nonsense', '\0', '__proto__', '00000000-0000-0000-0000-000000000000'])('for a request that was never made: %j', async (id) => {
    expect(await next(id)).toEqual({ step: 'gone' });
  });

  it.each([
    [1799.999, 'consent'],
    [1800, 'gone'],
  ])('after %d seconds: %s', async (seconds, step) => {
    const id = await ask();
    world.clock.pass(seconds);
    expect(await next(id)).toMatchObject({ step });
  });

  it('when its client was disabled or removed meanwhile', async () => {
    const id = await ask();
    await world.storage.clients.setDisabled(client.id, { at: world.clock.now(), by: 'house' });
    expect(await next(id)).toEqual({ step: 'gone' });
    await world.storage.clients.setDisabled(client.id, null);
    await world.storage.clients.remove(client.id, world.clock.now());
    expect(await next(id)).toEqual({ step: 'gone' });
  });

  it.each(['allow', 'deny'] as const)('when it was answered (%s): the back button and the spent address issue nothing', async (decision) => {
    const id = await ask();
    await world.decide(id, signedIn, { decision });
    for (const by of [signedIn, null]) expect(await next(id, by)).toMatchObject({ step: 'answered', client: { id: client.id } });
    world.clock.pass(3600);
    expect(await next(id)).toMatchObject({ step: 'answered' });
  });
});
