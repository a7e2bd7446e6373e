import { beforeEach, describe, expect, it } from 'vitest';
import { ContinueAuthorization } from '../../../src/application/authorization/continue-authorization.js';
import type { DecideAuthorizationInput, DecideAuthorizationResult } from '../../../src/application/authorization/decide-authorization.js';
import { EditClient } from '../../../src/application/clients/edit-client.js';
import type { SignedIn } from '../../../src/application/sessions/find-session.js';
import { Authenticate } from '../../../src/application/tokens/authenticate.js';
import { RefreshToken } from '../../../src/application/tokens/refresh-token.js';
import type { Client } from '../../../src/domain/clients/client.js';
import { later } from '../../../src/domain/moments.js';
import { aWorld, codeOf, type World } from '../../support/world.js';

let world: World;
let client: Client;
let ada: SignedIn;
let requestId: string;

const decide = (changes: Partial<DecideAuthorizationInput> = {}) => world.decide(requestId, ada, changes);
const code = (result: DecideAuthorizationResult) => codeOf(result.outcome === 'answer' ? result.answer : null);
const exchange = (text: string) => world.exchange(client, text);
const refresh = (refreshToken: string) => world.resolve(RefreshToken).execute({ client, refreshToken, scopes: null, resources: [] });
const authenticate = (token: string) => world.resolve(Authenticate).execute({ token });
const consent = () => world.storage.consents.find(ada.user.id, client.id);
const day = 86_400;

beforeEach(async () => {
  world = aWorld();
  client = (await world.client({ optionalScopes: ['email', 'profile'] })).client;
  ada = await world.signedIn(await world.person());
  requestId = (await world.request(client, { scope: 'default email profile' })).id;
});

describe('A scope that the page did not show', () => {
  it('is not given, where the client had fewer when it was shown: the page is shown anew', async () => {
    expect(await decide({ shown: ['default', 'email'] })).toEqual({ outcome: 'changed' });
    expect(await consent()).toBeNull();
    expect((await exchange(code(await decide({ shown: ['profile', 'email', 'default'] })))).scopes).toEqual(['default', 'email', 'profile']);
  });

  it('is none where it was not said what was shown: a script gives what is asked', async () => {
    expect((await exchange(code(await decide({ shown: null })))).scopes).toEqual(['default', 'email', 'profile']);
  });

  it('does not stand in the way of a no', async () => {
    expect(await decide({ shown: [], decision: 'deny' })).toMatchObject({ outcome: 'answer', answer: { error: { code: 'access_denied' } } });
  });

  it('is more than the client has by now: it is given what it still has', async () => {
    await world.resolve(EditClient).execute({ actor: 'operator', clientId: client.id, changes: { scopes: ['default', 'email'], optionalScopes: [] } });
    expect((await exchange(code(await decide({ shown: ['default', 'email', 'profile'] })))).scopes).toEqual(['default', 'email']);
  });
});

describe('A scope that is left out', () => {
  it('is in no token, and the client is told what it got (RFC 6749 §3.3)', async () => {
    const answer = await exchange(code(await decide({ leaveOut: ['email'] })));
    expect(answer.scopes).toEqual(['default', 'profile']);
    expect(await authenticate(answer.accessToken)).toMatchObject({ token: { scopes: ['default', 'profile'] } });
    expect((await refresh(answer.refreshToken ?? '')).scopes).toEqual(['default', 'profile']);
  });

  it('is remembered as left out: the same request is answered alike, without asking', async () => {
    await decide({ leaveOut: ['email', 'profile'] });
    expect(await consent()).toMatchObject({ scopes: ['default'], declinedScopes: ['email', 'profile'] });
    const again = await world.resolve(ContinueAuthorization).execute((await world.request(client, { scope: 'default email' })).id, ada);
    expect((await exchange(codeOf(again.step === 'answer' ? again.answer : null))).scopes).toEqual(['default']);
  });

  it('can be given later, and one that was given be left out', async () => {
    await decide({ leaveOut: ['email'] });
    requestId = (await world.request(client, { scope: 'default email profile', prompt: 'consent' })).id;
    await decide({ leaveOut: ['profile'] });
    expect(await consent()).toMatchObject({ scopes: ['default', 'email'], declinedScopes: ['profile'] });
  });

  it('is no matter where the client did not ask for it', async () => {
    const { scopes } = await exchange(code(await decide({ leaveOut: ['nonsense', 'offline_access'] })));
    expect(scopes).toEqual(['default', 'email', 'profile']);
    expect((await consent())?.declinedScopes).toEqual([]);
  });

  it('is never given: where the client no longer lets it be left out, the page is shown anew', async () => {
    expect(await decide({ leaveOut: ['default'] })).toEqual({ outcome: 'changed' });
    expect(await consent()).toBeNull();
  });

  it('is not given by an earlier yes either: whose answer could not be taken is asked', async () => {
    await decide();
    requestId = (await world.request(client, { scope: 'default email profile' })).id;
    expect(await decide({ leaveOut: ['default'] })).toEqual({ outcome: 'changed' });
    expect(await world.resolve(ContinueAuthorization).execute(requestId, ada, true)).toMatchObject({ step: 'consent' });
    expect(await world.resolve(ContinueAuthorization).execute(requestId, ada)).toMatchObject({ step: 'answer' });
  });

  it('together with all the others is a no (RFC 6749 §4.1.2.1)', async () => {
    requestId = (await world.request(client, { scope: 'email' })).id;
    expect(await decide({ leaveOut: ['email'] })).toMatchObject({ outcome: 'answer', answer: { error: { code: 'access_denied' } } });
    expect(await consent()).toBeNull();
  });

  it('differently in two clicks: the first counts, for the grant and for what is remembered', async () => {
    const first = code(await decide({ leaveOut: ['email'], timeLimit: '1_day' }));
    const second = code(await decide({ leaveOut: ['profile'] }));
    for (const each of [first, second]) expect((await exchange(each)).scopes).toEqual(['default', 'profile']);
    expect(await consent()).toMatchObject({ scopes: ['default', 'profile'], declinedScopes: ['email'], expiresAt: later(world.clock.now(), day) });
  });
});

describe('A time limit', () => {
  it.each([
    ['1_day', 1],
    ['30_days', 30],
  ] as const)('of %s ends everything %d days after consent, however often it is refreshed', async (timeLimit, days) => {
    let answer = await exchange(code(await decide({ timeLimit })));
    for (let half = 0; half < 2; half += 1) {
      world.clock.pass((days * day) / 2 - 1000);
      answer = await refresh(answer.refreshToken ?? '');
    }
    world.clock.pass(2000);
    expect(await authenticate(answer.accessToken)).toEqual({ active: false, reason: 'expired' });
    await expect(refresh(answer.refreshToken ?? '')).rejects.toMatchObject({ code: 'invalid_grant' });
  });

  it('is told to the client: expires_in counts to the end (RFC 6749 §5.1)', async () => {
    const { expiresIn, refreshToken } = await exchange(code(await decide({ timeLimit: '1_day' })));
    expect(expiresIn).toBe(3600);
    world.clock.pass(day - 600.5);
    const last = await refresh(refreshToken ?? '');
    expect(last.expiresIn).toBe(600);
    world.clock.pass(600.499);
    expect(await authenticate(last.accessToken)).toMatchObject({ active: true });
    world.clock.pass(0.001);
    expect(await authenticate(last.accessToken)).toEqual({ active: false, reason: 'expired' });
  });

  it('holds for what is given from the remembered consent: that ends with it, and then the person is asked again', async () => {
    await decide({ timeLimit: '1_day' });
    world.clock.pass(day - 60);
    const again = await world.resolve(ContinueAuthorization).execute((await world.request(client)).id, ada);
    const answer = await exchange(codeOf(again.step === 'answer' ? again.answer : null));
    expect(answer.expiresIn).toBe(60);
    world.clock.pass(60);
    expect(await authenticate(answer.accessToken)).toEqual({ active: false, reason: 'expired' });
    expect(await world.resolve(ContinueAuthorization).execute((await world.request(client)).id, ada)).toMatchObject({ step: 'consent' });
  });

  it('that ends before the code is exchanged leaves nothing to exchange', async () => {
    await decide({ timeLimit: '1_day' });
    world.clock.pass(day - 30);
    const again = await world.resolve(ContinueAuthorization).execute((await world.request(client)).id, ada);
    world.clock.pass(30);
    await expect(exchange(codeOf(again.step === 'answer' ? again.answer : null))).rejects.toMatchObject({ code: 'invalid_grant' });
  });

  it('of none leaves the ends to the lifetimes of the client', async () => {
    const { accessToken } = await exchange(code(await decide()));
    expect(await authenticate(accessToken)).toMatchObject({ token: { expiresAt: later(world.clock.now(), 3600) } });
    expect((await consent())?.expiresAt).toBeNull();
  });
});

describe('An access token', () => {
  it('does not outlive the chain of refresh tokens it came from', async () => {
    client = (await world.client({ refreshTokenAbsoluteLifetime: 7200, optionalScopes: [] })).client;
    const { refreshToken } = await world.tokens(client, ada.user);
    world.clock.pass(7000);
    const last = await refresh(refreshToken);
    expect(last.expiresIn).toBe(200);
    world.clock.pass(200);
    expect(await authenticate(last.accessToken)).toEqual({ active: false, reason: 'expired' });
  });
});
