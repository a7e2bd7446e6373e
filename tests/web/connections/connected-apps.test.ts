import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { someGrant } from '../../../src/adapter-kit/fixtures.js';
import { givenClient } from '../../../src/adapter-kit/given.js';
import { DeleteClient } from '../../../src/application/clients/delete-client.js';
import { SetClientDisabled } from '../../../src/application/clients/set-client-disabled.js';
import { DisconnectApp } from '../../../src/application/connections/disconnect-app.js';
import { UsageJournal } from '../../../src/application/operations/usage-journal.js';
import { formOf } from '../../support/browser.js';
import { credentialsOf, OAuthCaller } from '../../support/oauth.js';
import { pkce } from '../../support/pkce.js';
import { type TestClient, type TestServer, testServer } from '../../support/test-server.js';
import { type APerson, aPerson } from '../a-person.js';

const decide = /^\/consent\/[^/]+\/(?!switch)/;

let world: TestServer;
let caller: OAuthCaller;
let ada: APerson;
let app: TestClient;
let count = 0;

beforeAll(async () => {
  world = await testServer();
  caller = new OAuthCaller(world);
});
afterAll(() => world.close());

beforeEach(async () => {
  count += 1;
  ada = await aPerson(world, `ada${count}@connected.example`);
  app = await world.createClient({ name: 'Zap & Co', redirectUris: [caller.callback], optionalScopes: ['email'] });
});

/** Connects the app on the consent page; answers what the token endpoint said. */
const connect = async (typed: Record<string, string> = {}) => {
  const { verifier, challenge } = pkce();
  const page = await ada.open(caller.authorizationUrl(app, { scope: 'profile email', code_challenge: challenge, code_challenge_method: 'S256' }));
  const { action, fields } = formOf(page, decide);
  const { scope, ...others } = fields;
  const sent = { ...others, ...(typed.scope === '' ? {} : { scope: scope ?? '' }), ...typed, decision: 'allow' };
  const back = await ada.browser.post(action, sent);
  const code = back.url.searchParams.get('code') ?? '';
  return (await caller.token({ ...caller.codeForm({ code, verifier }), ...credentialsOf(app) })).body;
};

describe('The consent page', () => {
  it('offers optional scopes as boxes, all ticked, and a time limit, none chosen', async () => {
    const page = await ada.open(caller.authorizationUrl(app, { scope: 'profile email', code_challenge: pkce().challenge, code_challenge_method: 'S256' }));
    expect(page.text).toContain('<input type="checkbox" name="scope" value="email" checked');
    expect(page.text).not.toContain('name="scope" value="profile"');
    expect(page.text).toContain('<input type="radio" name="timeLimit" value="none" checked');
  });

  it('gives what was left ticked, and only that', async () => {
    expect((await connect()).scope).toBe('profile email');
    await ada.fill(`/connected-apps/${app.id}/disconnect`);
    expect((await connect({ scope: '' })).scope).toBe('profile');
  });

  it('takes no answer that is not one of its own', async () => {
    const page = await ada.open(caller.authorizationUrl(app, { scope: 'profile', code_challenge: pkce().challenge, code_challenge_method: 'S256' }));
    for (const typed of [{}, { decision: 'perhaps' }, { decision: 'allow', timeLimit: 'forever' }]) {
      expect((await ada.browser.submit(page, decide, typed as Record<string, string>)).status).toBe(400);
    }
    expect((await ada.browser.submit(page, decide, { decision: 'allow' })).status).toBe(0);
  });

  it('ends the access when the time that was chosen is over', async () => {
    const tokens = await connect({ timeLimit: '1_day' });
    expect((await ada.open('/connected-apps')).text).toContain('Zap &amp; Co');
    world.clock.pass(25 * 3600);
    const refreshed = await caller.token({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token, ...credentialsOf(app) });
    expect([refreshed.status, refreshed.body.error]).toEqual([400, 'invalid_grant']);
    expect((await ada.open('/connected-apps')).text).toContain('Nothing acts for you');
  });

  it('warns of an app that answers on the own device (RFC 8252 §8.6)', async () => {
    const local = await world.createClient({ type: 'public', redirectUris: ['http://127.0.0.1/callback'] });
    const parameters = { redirect_uri: 'http://127.0.0.1:4711/callback', code_challenge: pkce().challenge, code_challenge_method: 'S256' };
    expect((await ada.open(caller.authorizationUrl(local, parameters))).text).toContain('runs on your own device');
  });
});

describe('Connected apps', () => {
  it('says what acts for the person, what it may do, what it has done and when', async () => {
    expect((await ada.open('/connected-apps')).text).toContain('Nothing acts for you');
    const { access_token } = await connect();
    expect((await ada.open('/connected-apps')).text).toMatch(/Zap &amp; Co.*Last used<\/dt><dd><span class="muted">never.*Allowed since<\/dt>/s);

    expect((await caller.me(access_token)).status).toBe(200);
    await world.container.resolve(UsageJournal).flush();
    world.clock.pass(2 * 3600);
    const { text } = await ada.open('/connected-apps');
    expect(text).toContain('2 hours ago');
    expect(text).toMatch(/See your e-mail address <span class="badge tone-success">Used/);
    expect(text).toContain('when you disconnect it');
  });

  it('says nothing of a use that may not be seen: no call needs that the person is away, and an API need not tell', async () => {
    const longLived = await world.createClient({ redirectUris: [caller.callback], scopes: ['default', 'email', 'offline_access'] });
    const parameters = { scope: 'default email offline_access', code_challenge: pkce().challenge, code_challenge_method: 'S256' };
    await ada.browser.submit(await ada.open(caller.authorizationUrl(longLived, parameters)), decide, { decision: 'allow' });
    expect((await ada.open('/connected-apps')).text).toMatch(/in the ways the app offers you *<\/span>/);
    expect((await ada.open('/connected-apps')).text).toMatch(/Keep working for you while you are away *<\/span>/);
    expect((await ada.open('/connected-apps')).text).toMatch(/See your e-mail address <span class="badge tone-neutral">Not used yet/);
  });

  it('ends every token at once when one is disconnected, and asks anew the next time', async () => {
    const tokens = await connect();
    expect((await ada.open(`/connected-apps/${app.id}/disconnect`)).text).toContain('can no longer act for you');
    expect((await caller.me(tokens.access_token)).status).toBe(200);

    expect((await ada.fill(`/connected-apps/${app.id}/disconnect`)).text).toContain('The app is disconnected');
    expect((await caller.me(tokens.access_token)).status).toBe(401);
    const refreshed = await caller.token({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token, ...credentialsOf(app) });
    expect(refreshed.body.error).toBe('invalid_grant');
    expect((await connect()).access_token).toMatch(/^kw_at_/);
  });

  it("does not end, or show, other people's", async () => {
    const tokens = await connect();
    const eve = await aPerson(world, `eve${count}@connected.example`);
    expect((await eve.open('/connected-apps')).text).not.toContain('Zap &amp; Co');
    expect((await eve.open(`/connected-apps/${app.id}/disconnect`)).status).toBe(404);
    await eve.browser.post(`/connected-apps/${app.id}/disconnect`, { _csrf: await eve.csrf() });
    expect((await caller.me(tokens.access_token)).status).toBe(200);
    expect((await ada.browser.post(`/connected-apps/${app.id}/disconnect`, { _csrf: '' })).status).toBe(403);
    expect((await caller.me(tokens.access_token)).status).toBe(200);
  });

  it('counts whom deleting the app would cut off, and cuts them off', async () => {
    const root = await aPerson(world, `root${count}@connected.example`, { admin: true });
    const tokens = await connect();
    expect((await root.open(`/clients/${app.id}/delete`)).text).toContain('the access of 1 person at once: 1 grant');
    await root.fill(`/clients/${app.id}/delete`);
    expect((await caller.me(tokens.access_token)).status).toBe(401);
  });

  it('says of a secret in use who used it when, before it is removed', async () => {
    await connect();
    await world.container.resolve(UsageJournal).flush();
    const root = await aPerson(world, `root${count}@connected.example`, { admin: true });
    const { text } = await root.open(`/clients/${app.id}`);
    expect(text).toMatch(/In use<\/span>.*just now<\/time><span class="muted"> from 127\.0\.0\.1/s);
    expect((await root.open(`/clients/${app.id}/secrets/${app.client.secrets[0]?.id}/remove`)).text).toContain('It is in use:');
  });
});

describe('An app that does not act any more, and may again without asking', () => {
  const disconnect = () => `/connected-apps/${app.id}/disconnect`;
  const ownAct = async () => {
    const { refresh_token } = await connect();
    expect((await caller.post('/oauth/revoke', { token: refresh_token, ...credentialsOf(app) })).status).toBe(200);
  };
  const authorize = () => ada.open(caller.authorizationUrl(app, { scope: 'profile email', code_challenge: pkce().challenge, code_challenge_method: 'S256' }));
  const asks = (page: { text: string }) => page.text.includes('name="decision"');

  it('is told apart, with what was agreed to and since when', async () => {
    await ownAct();
    const { text } = await ada.open('/connected-apps');
    expect(text).not.toContain('Nothing acts for you');
    expect(text).toMatch(
      /Zap &amp; Co.*Not connected.*it may connect again without asking you.*You agreed<\/dt>.*until you want to be asked again.*See your e-mail address/s,
    );
    expect(text).not.toMatch(/Last used|Not used yet/);
    expect(asks(await authorize())).toBe(false);
    expect((await ada.open('/connected-apps')).text).toMatch(/Zap &amp; Co.*Last used/s);
  });

  it('stands behind all that act, also where those go on to a second page', async () => {
    await ownAct();
    const userId = ada.user.id;
    const acting: string[] = [];
    for (let count = 0; count < 26; count += 1) {
      const client = await givenClient(world.storage);
      const grant = someGrant(userId, client.id, { createdAt: world.clock.now() });
      await world.storage.grants.add(grant);
      await world.storage.grants.need(grant.id, new Date(world.clock.now().getTime() + 3_600_000));
      acting.push(client.id);
    }
    acting.sort();
    const shown = (page: { text: string }) => [...page.text.matchAll(/<article class="card" aria-labelledby="app-([^"]*)"/g)].map(([, id]) => id);
    const first = await ada.open('/connected-apps');
    expect(shown(first)).toEqual(acting.slice(0, 25));
    const [, next = ''] = /href="(\/connected-apps\?after=[^"]*)"/.exec(first.text) ?? [];
    const second = await ada.open(next);
    expect(shown(second)).toEqual([...acting.slice(25), app.id]);
    expect(second.text).not.toContain('Next page');
    // Who opens it when all of it is gone is not told that nothing acts.
    for (const clientId of [...acting.slice(25), app.id]) await world.container.resolve(DisconnectApp).execute({ actor: ada.user, clientId });
    expect((await ada.open(next)).text).toMatch(/There are no more.*Back to the start/s);
  });

  it('is the first page also for a cursor that is none of this list, as after a change of SECRET_KEY', async () => {
    const { text } = await ada.open('/connected-apps?after=garbage');
    expect(text).toContain('Nothing acts for you');
    expect(text).not.toContain('Back to the start');
  });

  it('asks again once the person wants it, however often they say so', async () => {
    await ownAct();
    const page = await ada.open('/connected-apps');
    for (const click of ['first', 'second']) {
      const after = await ada.browser.submit(page, new RegExp(disconnect()), { shown: 'remembered' });
      expect([click, after.text.includes('You will be asked before the app connects again.')]).toEqual([click, true]);
      expect(after.text).toContain('Nothing acts for you');
    }
    expect((await ada.open(disconnect())).status).toBe(404);
    expect(asks(await authorize())).toBe(true);
  });

  it('is disconnected from a page that was open before it stopped acting', async () => {
    const { refresh_token } = await connect();
    const page = await ada.open(disconnect());
    await caller.post('/oauth/revoke', { token: refresh_token, ...credentialsOf(app) });
    expect((await ada.browser.submit(page, new RegExp(disconnect()))).text).toContain('The app is disconnected');
    expect(asks(await authorize())).toBe(true);
  });

  it('is asked about in the same words on its own page, where somebody lands who had to sign in first', async () => {
    await ownAct();
    const { text } = await ada.open(disconnect());
    expect(text).toMatch(/<h1>Ask you again before Zap &amp; Co connects\?<\/h1>.*may connect again without asking you.*Ask me again<\/button>/s);
    expect(text).not.toContain('Disconnect');
    const page = await ada.open(disconnect());
    const { action, fields } = formOf(page, new RegExp(disconnect()));
    expect(page.text).toContain('name="shown" value="remembered"');
    expect((await ada.browser.post(action, { ...fields, shown: 'remembered' })).text).toContain('You will be asked before the app connects again.');
    expect(asks(await authorize())).toBe(true);
  });

  it('is disconnected when it had connected again meanwhile, and the page says so', async () => {
    await ownAct();
    const page = await ada.open('/connected-apps');
    await authorize();
    const after = await ada.browser.submit(page, new RegExp(disconnect()), { shown: 'remembered' });
    expect(after.text).toContain('The app had connected again meanwhile. It is disconnected, and you will be asked before it connects again.');
    expect(after.text).toContain('Nothing acts for you');
    expect(asks(await authorize())).toBe(true);
  });

  it('is not said to have connected again where its last refresh token expired', async () => {
    const lifetimes = { accessTokenLifetime: 60, refreshTokenIdleLifetime: 60, refreshTokenAbsoluteLifetime: 60 };
    app = await world.createClient({ name: 'Brief', redirectUris: [caller.callback], optionalScopes: ['email'], ...lifetimes });
    await connect();
    world.clock.pass(600);
    const page = await ada.open('/connected-apps');
    const after = await ada.browser.submit(page, new RegExp(disconnect()), { shown: 'remembered' });
    expect(after.text).toContain('You will be asked before the app connects again.');
  });

  it('alone on the page is not introduced by what acts', async () => {
    await ownAct();
    expect((await ada.open('/connected-apps')).text).toContain('What you agreed to before, so that it may connect again without asking you.');
    app = await world.createClient({ name: 'Acting', redirectUris: [caller.callback] });
    await connect();
    expect((await ada.open('/connected-apps')).text).toContain('Disconnect an app and it is out at once.');
  });

  it('cannot connect while it is switched off, and says so', async () => {
    await ownAct();
    await world.container.resolve(SetClientDisabled).execute({ actor: 'operator', clientId: app.id, disabled: true });
    const { text } = await ada.open('/connected-apps');
    expect(text).toMatch(/Not connected.*Switched off by its makers.*cannot while it is switched off.*afterwards it may connect again/s);
    await ada.fill('/connected-apps', {}, new RegExp(disconnect()));
    expect((await ada.open('/connected-apps')).text).toContain('Nothing acts for you');
  });

  it('is gone with the app, and with the time that was chosen', async () => {
    const { refresh_token } = await connect({ timeLimit: '1_day' });
    await caller.post('/oauth/revoke', { token: refresh_token, ...credentialsOf(app) });
    expect((await ada.open('/connected-apps')).text).toMatch(/Not connected.*Remembered<\/dt><dd>until <time/s);
    world.clock.pass(24 * 3600);
    expect((await ada.open('/connected-apps')).text).toContain('Nothing acts for you');

    app = await world.createClient({ redirectUris: [caller.callback] });
    await ownAct();
    await world.container.resolve(DeleteClient).execute({ actor: 'operator', clientId: app.id });
    expect((await ada.open('/connected-apps')).text).toContain('Nothing acts for you');
  });

  it('is nobody else’s to see or to forget', async () => {
    await ownAct();
    const eve = await aPerson(world, `eve${count}@connected.example`);
    expect((await eve.open('/connected-apps')).text).toContain('Nothing acts for you');
    expect((await eve.open(disconnect())).status).toBe(404);
    await eve.browser.post(disconnect(), { _csrf: await eve.csrf(), shown: 'remembered' });
    expect((await ada.browser.post(disconnect(), { _csrf: '', shown: 'remembered' })).status).toBe(403);
    expect(asks(await authorize())).toBe(false);
  });
});
