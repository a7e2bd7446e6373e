import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CreateClient } from '../../../src/application/clients/create-client.js';
import { EditClient } from '../../../src/application/clients/edit-client.js';
import { presets } from '../../../src/application/clients/presets.js';
import { SetClientDisabled } from '../../../src/application/clients/set-client-disabled.js';
import { ShowClient } from '../../../src/application/clients/show-client.js';
import { apiScopes } from '../../../src/domain/api-scope.js';
import { formOf, type Page } from '../../support/browser.js';
import { type TestServer, testServer } from '../../support/test-server.js';
import { type APerson, aPerson } from '../a-person.js';
import { valueAt } from '../value-at.js';

const hostile = '"><script>alert(1)</script><b x=\'';
const zapier = 'https://zapier.com/dashboard/auth/oauth/return/App1/';

let world: TestServer;
let ada: APerson;

beforeAll(async () => {
  world = await testServer();
  ada = await aPerson(world, 'ada@pages.example');
});
afterAll(() => world.close());

const stored = (clientId: string) => world.container.resolve(ShowClient).execute({ actor: 'operator', clientId });

/** A new client of the person's, by its id. */
const made = async (typed = {}): Promise<string> => valueAt(await ada.fill('/clients/new/zapier', { redirectUrl: zapier, ...typed }), 'Client ID') ?? '';

describe('Registering an app', () => {
  it('offers every preset, and none', async () => {
    const page = await ada.open('/clients/new');
    for (const { id, title } of presets) expect(page.text).toContain(`href="/clients/new/${id}"><span><strong>${title}</strong>`);
    expect(page.text).toContain('href="/clients/new/custom"');
    expect((await ada.open('/clients/new/unknown')).status).toBe(404);
  });

  it('says before the form is filled in that what introduces itself needs no registration, and of nothing else', async () => {
    expect((await ada.open('/clients/new/claude')).text).toContain('Claude connects without being registered: it introduces itself.');
    expect((await ada.open('/clients/new/loopback-tool')).text).toContain(
      'Claude Code, Codex, Visual Studio Code, opencode, MCP Inspector, and Cursor connect without being registered',
    );
    for (const id of ['zapier', 'gpt-action', 'custom']) expect((await ada.open(`/clients/new/${id}`)).text).not.toContain('without being registered');
  });

  it.each(presets.map((preset) => [preset.id, preset] as const))('makes a client from the preset %s and shows its recipe', async (id, preset) => {
    const blanks = Object.fromEntries(preset.blanks.map(({ name, example }) => [name, example]));
    const own = ['single-page-app', 'native-app'].includes(id) ? { redirectUris: 'https://app.example.com/callback' } : {};
    const page = await ada.fill(`/clients/new/${id}`, { name: 'My app', ...blanks, ...own });
    expect([page.status, /Your app is ready/.test(page.text)]).toEqual([200, true]);
    for (const { label } of preset.recipe.lines) expect(page.text).toContain(label);
    const client = await stored(/[0-9a-f]{32}/.exec(page.text)?.[0] ?? '');
    expect(client).toMatchObject({ name: 'My app', ownerId: ada.user.id, type: preset.settings.type, grantTypes: preset.settings.grantTypes, consent: 'ask' });
    if (preset.settings.pkce) expect([client.pkce, client.refresh]).toEqual([preset.settings.pkce, preset.settings.refresh]);
  });

  it('makes a client that people can sign in to of a form in which only the name and the address were filled in', async () => {
    const page = await ada.fill('/clients/new/custom', { name: 'Ledger', redirectUris: 'https://ledger.example/cb' });
    const client = await stored(/[0-9a-f]{32}/.exec(page.text)?.[0] ?? '');
    expect(client).toMatchObject({ redirectUris: ['https://ledger.example/cb'], grantTypes: ['authorization_code', 'refresh_token'] });
  });

  it('ticks for a machine no scope that speaks of a person', async () => {
    const ticked = (page: Page) => [...page.text.matchAll(/name="scopes" value="([^"]+)" checked/g)].map(([, scope]) => scope);
    expect(ticked(await ada.open('/clients/new/machine'))).toEqual(['default']);
    expect(ticked(await ada.open('/clients/new/custom'))).toEqual(['default', 'profile', 'email', 'offline_access']);
    const page = await ada.fill('/clients/new/machine', { name: 'Nightly' });
    expect((await stored(/[0-9a-f]{32}/.exec(page.text)?.[0] ?? '')).scopes).toEqual(['default']);
  });

  it('shows the secret on that page, in full, and nowhere afterwards', async () => {
    const page = await ada.fill('/clients/new/zapier', { redirectUrl: zapier });
    const [id, secret] = [valueAt(page, 'Client ID') ?? '', valueAt(page, 'Client Secret') ?? ''];
    expect(secret).toMatch(/^kw_cs_/);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.text).toContain('No other page shows it; if it is lost, add another.');
    for (const path of ['', '/recipe', '/edit', '/secrets/new']) expect((await ada.open(`/clients/${id}${path}`)).text).not.toContain(secret);
    expect((await ada.open(`/clients/${id}`)).text).toContain(`…${secret.slice(-4)}`);
  });

  it('makes one app, and one secret, of a form that is sent twice', async () => {
    const twice = async (path: string, typed: Record<string, string>) => {
      const page = await ada.open(path);
      const { action, fields } = formOf(page, new RegExp(`^${path}$`));
      const sent = { ...fields, ...typed, grantTypes: 'client_credentials', scopes: 'profile' };
      const [one, other] = await Promise.all([ada.browser.post(action, sent), ada.browser.post(action, sent)]);
      const reloaded = await ada.browser.post(action, sent);
      const shown = [one, other, reloaded].map((answer) => valueAt(answer, 'Client Secret'));
      expect(shown).toEqual([shown[0], shown[0], shown[0]]);
      expect(shown[0]).toMatch(/^kw_cs_/);
      return valueAt(one, 'Client ID') ?? '';
    };
    const id = await twice('/clients/new/machine', { name: 'Only one' });
    expect((await ada.open('/clients')).text.match(/Only one/g)).toHaveLength(1);
    await twice(`/clients/${id}/secrets/new`, { label: 'the other' });
    expect((await stored(id)).secrets).toHaveLength(2);
  });

  it('says at each field what is wrong, and keeps everything that was typed', async () => {
    const typed = {
      name: ' ',
      description: hostile,
      redirectUrl: 'https://a.example/#x',
      redirectUris: `javascript:alert(1)\nhttp://a.example/${hostile}`,
      accessTokenLifetime: 'soon',
    };
    const page = await ada.fill('/clients/new/zapier', { ...typed, scopes: ['profile'], optionalScopes: ['email'] });
    expect(page.status).toBe(422);
    for (const reason of [
      'Give the app a name',
      'must not have a fragment',
      'must not use the scheme javascript:',
      'Must be between 60 seconds and ten years',
      'is not among the scopes',
    ]) {
      expect(page.text).toContain(reason);
    }
    expect(valueAt(page, 'OAuth Redirect URL')).toBe(typed.redirectUrl);
    expect(valueAt(page, 'Access tokens live')).toBe('soon');
    expect(page.text).toContain('javascript:alert(1)\n');
    expect(page.text).toContain('name="scopes" value="profile" checked');
    expect(page.text).not.toContain('name="scopes" value="email" checked');
    expect(page.text).not.toContain('<script>alert');
  });

  it('asks for the blank of a preset that was left open', async () => {
    const page = await ada.fill('/clients/new/n8n', { host: '' });
    expect(page.status).toBe(422);
    expect(page.text).toContain('Is missing, for example example.app.n8n.cloud.');
  });

  it('says while the app can still be left, and with the recipe, that the product cannot reach an issuer on loopback', async () => {
    const note = 'Zapier calls this server from the internet and cannot reach http://localhost:3000. Give the server a public https address first (ISSUER).';
    const form = await ada.open('/clients/new/zapier');
    const again = await ada.fill('/clients/new/zapier', { redirectUrl: '' });
    const ready = await ada.fill('/clients/new/zapier', { redirectUrl: zapier });
    const own = `/clients/${valueAt(ready, 'Client ID')}`;
    const recipe = await ada.open(`${own}/recipe`);
    const secret = await ada.fill(`${own}/secrets/new`, { label: 'the other' });
    for (const page of [form, again, ready, recipe, secret]) expect(page.text.split(note)).toHaveLength(2);
    expect([form, again, ready].map(({ status }) => status)).toEqual([200, 422, 200]);
    expect([ready.text.includes('is registered.'), ready.text.includes('can now be connected')]).toEqual([true, false]);
    for (const path of ['/clients/new/n8n', '/clients/new/custom', `${own}/recipe?for=n8n`]) expect((await ada.open(path)).text).not.toContain('cannot reach');
  });

  it('says nothing of that under an address of its own', async () => {
    const issuer = 'https://auth.example.com';
    const elsewhere = await testServer({ env: { ISSUER: issuer } });
    try {
      const bob = await aPerson(elsewhere, 'bob@pages.example');
      const form = await bob.open('/clients/new/zapier');
      const ready = await bob.fill('/clients/new/zapier', { redirectUrl: zapier });
      const recipe = await bob.open(`/clients/${valueAt(ready, 'Client ID')}/recipe`);
      for (const page of [form, ready, recipe]) expect([page.status, page.text.includes('cannot reach')]).toEqual([200, false]);
      expect([valueAt(ready, 'Access Token Request'), ready.text.includes('can now be connected.')]).toEqual([`${issuer}/oauth/token`, true]);
    } finally {
      await elsewhere.close();
    }
  });

  it('folds the scopes of this server’s own API, unless one of them is chosen', async () => {
    const folded = /<details class="more"( open)?><summary>Scopes of this server’s own API/g;
    const open = (page: Page) => [...page.text.matchAll(folded)].map(([, isOpen]) => isOpen !== undefined);
    const group = /<details class="more"[^>]*><summary>Scopes of this server’s own API[\s\S]*?<\/details>/;
    const scopesIn = (html = '') => [...html.matchAll(/value="([^"]+)"/g)].map(([, scope]) => scope);
    const form = await ada.open('/clients/new/zapier');
    expect([open(form), scopesIn(group.exec(form.text)?.[0])]).toEqual([[false, false], [...apiScopes]]);
    const refused = await ada.fill('/clients/new/zapier', { redirectUrl: zapier, scopes: ['default', 'admin'] });
    expect([refused.status, open(refused)]).toEqual([422, [true, false]]);
    const id = await made({ scopes: ['default', 'clients:read'], optionalScopes: ['clients:read'] });
    expect((await stored(id)).scopes).toEqual(['default', 'clients:read']);
    expect(open(await ada.open(`/clients/${id}/edit`))).toEqual([true, true]);
    expect(open(await ada.open(`/clients/${await made()}/edit`))).toEqual([false, false]);
  });

  it('refuses a form that does not come from its own page', async () => {
    for (const _csrf of ['', 'made up', await (await aPerson(world, 'eve@pages.example')).csrf()]) {
      const page = await ada.browser.post('/clients/new/machine', { _csrf, name: 'Planted' });
      expect([page.status, /This form was open too long/.test(page.text)]).toEqual([403, true]);
    }
    expect((await ada.open('/clients')).text).not.toContain('Planted');
  });

  it('lets nobody but an administrator skip the question or give an app to nobody', async () => {
    const page = await ada.fill('/clients/new/machine', { name: 'Sly', consent: 'skip' });
    expect([page.status, /Only an administrator/.test(page.text)]).toEqual([422, true]);
    expect((await ada.fill('/clients/new/machine', { name: 'Sly', owner: 'nobody' })).status).toBe(422);

    const root = await aPerson(world, 'root@pages.example', { admin: true });
    const done = await root.fill('/clients/new/machine', { name: 'House', consent: 'skip', owner: 'nobody' });
    expect(await stored(valueAt(done, 'Client ID') ?? '')).toMatchObject({ ownerId: null, consent: 'skip' });
  });
});

describe('Looking after an app', () => {
  it('does not let a tab that was open meanwhile undo what another saved, until the person has seen it', async () => {
    const id = await made();
    const path = `/clients/${id}/edit`;
    const version = async () => /name="version" value="(\d+)"/.exec((await ada.open(path)).text)?.[1] as string;
    const opened = await version();
    await ada.fill(path, { name: 'First tab' });
    const stale = await ada.fill(path, { name: 'Second tab', version: opened });
    expect([stale.status, /was changed since you opened this page/.test(stale.text)]).toEqual([422, true]);
    expect(stale.text).toContain('value="Second tab"');
    expect((await stored(id)).name).toBe('First tab');
    expect(stale.text).toContain(`name="version" value="${await version()}"`);
    await ada.fill(path, { name: 'Second tab' });
    expect((await stored(id)).name).toBe('Second tab');
  });

  it('changes what was edited, and nothing else', async () => {
    const id = await made();
    const before = await stored(id);
    const page = await ada.fill(`/clients/${id}/edit`, { name: 'Renamed', refreshTokenIdleLifetime: '12 hours', optionalScopes: ['email'] });
    expect([page.url.pathname, page.text.includes('Your changes are saved.')]).toEqual([`/clients/${id}`, true]);
    const { secrets: _, ...expected } = { ...before, name: 'Renamed', refreshTokenIdleLifetime: 43_200, optionalScopes: ['email'], version: 2 };
    expect(await stored(id)).toMatchObject(expected);
  });

  it('refuses an edit that breaks a rule, and saves nothing of it', async () => {
    const id = await made();
    const page = await ada.fill(`/clients/${id}/edit`, { name: 'Half', redirectUris: 'http://plain.example/' });
    expect([page.status, page.text.includes('must use https://')]).toEqual([422, true]);
    expect((await stored(id)).name).toBe('Zapier');
  });

  it('shows what a client says about itself as text', async () => {
    const id = await made({ name: hostile, description: hostile });
    for (const path of ['/clients', `/clients/${id}`, `/clients/${id}/edit`, `/clients/${id}/recipe`, `/clients/${id}/delete`, `/clients/${id}/secrets/new`]) {
      const page = await ada.open(path);
      expect([page.status, /<script>alert|<b x=/.test(page.text)]).toEqual([200, false]);
    }
  });

  it('adds a secret beside the first, with its last day, and removes one after asking', async () => {
    const id = await made();
    world.clock.pass(1);
    const page = await ada.fill(`/clients/${id}/secrets/new`, { label: 'new server', expiresAt: '2099-12-31' });
    expect(valueAt(page, 'Client Secret')).toMatch(/^kw_cs_/);
    const { secrets } = await stored(id);
    const [first, second] = ['first secret', 'new server'].map((label) => secrets.find((secret) => secret.label === label));
    expect([second?.label, second?.expiresAt, second?.createdBy]).toEqual(['new server', new Date('2100-01-01T00:00:00Z'), ada.user.id]);
    expect((await ada.open(`/clients/${id}`)).text).not.toContain('Safe to remove');
    await world.storage.usage.record({ secrets: [{ secretId: second?.id ?? '', at: world.clock.now(), from: null }], grants: [] });
    expect((await ada.open(`/clients/${id}`)).text).toContain('Safe to remove');
    expect((await ada.open(`/clients/${id}`)).text).toContain('by you</span>');
    const root = await aPerson(world, 'looker@pages.example', { admin: true });
    expect((await root.open(`/clients/${id}`)).text).toContain('by its owner</span>');

    const removal = `/clients/${id}/secrets/${first?.id}/remove`;
    expect((await ada.open(removal)).text).toContain('It is safe to remove');
    expect((await stored(id)).secrets).toHaveLength(2);
    expect((await ada.fill(removal)).text).toContain('The secret is removed.');
    expect((await stored(id)).secrets.map(({ label }) => label)).toEqual(['new server']);
    expect((await ada.open(`/clients/${id}/secrets/${second?.id}/remove`)).text).toContain('It is the only secret');
  });

  it.each([
    ['', '2099-01-01', 'Say what the secret is for'],
    ['old', '2001-01-01', 'Must be in the future'],
    ['odd', '2099-13-45', 'Must be in the future'],
  ])('refuses the secret %j until %s at its field', async (label, expiresAt, reason) => {
    const page = await ada.fill(`/clients/${await made()}/secrets/new`, { label, expiresAt });
    expect([page.status, page.text.includes(reason)]).toEqual([422, true]);
    expect(valueAt(page, 'Last day')).toBe(expiresAt);
  });

  it('switches an app off and on', async () => {
    const id = await made();
    expect((await ada.fill(`/clients/${id}`, {}, /disable$/)).text).toContain('The app is switched off.');
    expect((await stored(id)).disabledAt).not.toBeNull();
    expect((await ada.fill(`/clients/${id}`, {}, /enable$/)).text).toContain('The app works again.');
    expect((await stored(id)).disabledAt).toBeNull();
    expect((await ada.open(`/clients/${id}/disable`)).url.pathname).toBe(`/clients/${id}`);
  });

  it('offers its owner no switch for what an administrator disabled, and says whom to ask', async () => {
    const id = await made();
    const before = await ada.open(`/clients/${id}`);
    expect(before.text).toContain(`/clients/${id}/disable`);
    await ada.fill(`/clients/${id}`, {}, /disable$/);
    const enableIt = formOf(await ada.open(`/clients/${id}`), /enable$/);
    await world.container.resolve(SetClientDisabled).execute({ actor: 'operator', clientId: id, disabled: true });
    const refused = await ada.browser.post(enableIt.action, enableIt.fields);
    expect(refused.url.pathname).toBe(`/clients/${id}`);
    expect(refused.text).toContain('An administrator disabled this app; ask them to enable it.');
    expect(refused.text).not.toContain(`/clients/${id}/enable`);
    expect((await stored(id)).disabledBy).toBe('house');
  });

  it('ends all access of an app only after it asked, and leaves the app', async () => {
    const id = await made({ name: 'Leaky' });
    expect((await ada.open(`/clients/${id}`)).text).toContain(`href="/clients/${id}/end-access"`);
    const asks = await ada.open(`/clients/${id}/end-access`);
    expect([asks.text.includes('Nobody is connected with it'), asks.text.includes('Remove that first')]).toEqual([true, true]);
    expect((await stored(id)).ownTokensRevokedAt).toBeNull();
    const page = await ada.fill(`/clients/${id}/end-access`);
    expect([page.url.pathname, page.text.includes('All access that the app had is ended. People can connect it again; those who agreed')]).toEqual([
      `/clients/${id}`,
      true,
    ]);
    expect(page.text).toMatch(/All access last ended<\/dt><dd><time [^>]*>\d+ \w+ \d{4}, \d\d:\d\d:\d\d UTC</);
    expect(await stored(id)).toMatchObject({ ownTokensRevokedAt: world.clock.now(), disabledAt: null });
  });

  it.each([
    ['one that people connect', 'custom', { redirectUris: zapier }, /loses at once everything that people gave it until now\. The app and its secret stay\./],
    ['a public one', 'single-page-app', { redirectUris: zapier }, /loses at once everything that people gave it until now\. The app stays\./],
    ['a machine', 'machine', {}, /loses at once everything that it obtained for itself\. The app and its secret stay\. It can obtain new access for itself\./],
  ])('asks in the words of what the app may before all access of %s is ended', async (_, preset, typed, text) => {
    const made = await ada.fill(`/clients/new/${preset}`, { name: 'Some app', ...typed });
    const id = /[0-9a-f]{32}/.exec(made.text)?.[0] ?? '';
    const asks = (await ada.open(`/clients/${id}/end-access`)).text;
    expect(asks).toMatch(text);
    expect(asks.includes('Does somebody else know a secret of it?')).toBe(preset !== 'single-page-app');
    expect(asks.includes('those who agreed before are not asked again')).toBe(preset !== 'machine');
    expect(asks.includes('Nobody is connected with it.')).toBe(preset !== 'machine');
    const ofItself = /With it ends everything that it obtained for itself\./.test((await ada.open(`/clients/${id}/delete`)).text);
    expect(ofItself).toBe(preset === 'machine');
  });

  it('says of an app that was edited that what it may have obtained for itself ends too: the grant type may have been taken away', async () => {
    const settings = {
      name: 'Formerly a machine',
      redirectUris: [zapier],
      scopes: ['default'],
      grantTypes: ['authorization_code', 'client_credentials'] as const,
    };
    const { client } = await world.container.resolve(CreateClient).execute({ actor: 'operator', owner: { id: ada.user.id }, settings });
    const [endAccess, remove] = [`/clients/${client.id}/end-access`, `/clients/${client.id}/delete`];
    expect((await ada.open(endAccess)).text).toContain('everything that people gave it until now, and everything that it obtained for itself.');
    await world.container.resolve(EditClient).execute({ actor: ada.user, clientId: client.id, changes: { grantTypes: ['authorization_code'] } });
    const asks = (await ada.open(endAccess)).text;
    expect(asks).toContain('everything that people gave it until now, and anything that it may have obtained for itself.');
    expect(asks).not.toContain('It can obtain new access for itself.');
    expect((await ada.open(remove)).text).toContain('With it ends anything that it may have obtained for itself.');
  });

  it('says whether people are asked again by whose app it is, before and after all access is ended', async () => {
    const id = await made();
    const root = await aPerson(world, 'ender@pages.example', { admin: true });
    expect((await root.open(`/clients/${id}/end-access`)).text).toContain('People can connect it again, and are asked first.');
    expect((await root.fill(`/clients/${id}/end-access`)).text).toContain('People can connect it again, and are asked first.');
    await ada.fill(`/clients/${id}`, {}, /disable$/);
    expect((await ada.fill(`/clients/${id}/end-access`)).text).toMatch(/It gets nothing new while it is switched off\. Once it is enabled, people can connect/);
  });

  it('says where a secret is removed that what was obtained with it goes on', async () => {
    const id = await made();
    const [secret] = (await stored(id)).secrets;
    expect((await ada.open(`/clients/${id}/secrets/${secret?.id}/remove`)).text).toContain('Access that was obtained with it goes on.');
    expect((await ada.fill(`/clients/${id}/secrets/${secret?.id}/remove`)).text).toContain(
      `if others knew it, <a href="/clients/${id}/end-access">end all access</a>`,
    );
  });

  it('deletes an app only after it asked', async () => {
    const id = await made({ name: 'Doomed' });
    expect((await ada.open(`/clients/${id}/delete`)).text).toContain('Nobody is connected with it');
    const page = await ada.fill(`/clients/${id}/delete`);
    expect([page.url.pathname, page.text.includes('The app is deleted')]).toEqual(['/clients', true]);
    expect((await ada.open(`/clients/${id}`)).status).toBe(404);
  });

  it('says nothing that an address puts into its mouth', async () => {
    const text = (await ada.open('/clients?done=You%20won')).text;
    expect(text).not.toContain('You won');
    expect((await ada.open('/clients?done=constructor')).text).not.toContain('notice');
  });
});
