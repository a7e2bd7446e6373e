import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { someConsent } from '../../src/adapter-kit/fixtures.js';
import { CreateClient } from '../../src/application/clients/create-client.js';
import { CreateUser } from '../../src/application/people/create-user.js';
import { RegisterResourceServer } from '../../src/application/resources/register-resource-server.js';
import type { Client } from '../../src/domain/clients/client.js';
import { OAuthCaller } from '../support/oauth.js';
import { listeningServer, type TestServer, testPerson } from '../support/test-server.js';
import { journey, signIn } from './authorization-journey.js';
import { seriousProblems } from './axe.js';
import { describeInChromium, looks } from './chromium.js';
import { layoutProblems } from './layout-problems.js';

const admin = { email: 'root@example.com', password: 'a long enough password' };
const callback = 'https://app.example/callback';

/** Every page is looked at in four ways. */
const timeout = 180_000;

describeInChromium('the pages for signed-in people, for axe-core', ({ open }) => {
  let server: TestServer;
  let client: Client;
  /** It does not act for the person, and may again without asking. */
  let formerClient: Client;

  beforeAll(async () => {
    server = await listeningServer();
    await server.container.resolve(CreateUser).execute({ actor: 'operator', ...admin, admin: true });
    const settings = {
      name: 'Ledger',
      description: 'Keeps your books.',
      homepageUri: 'https://ledger.example',
      redirectUris: [callback],
      optionalScopes: ['email'],
    };
    const created = await server.container.resolve(CreateClient).execute({ actor: { id: server.person?.id ?? '', admin: false }, settings });
    client = created.client;
    await new OAuthCaller(server).tokens({ id: client.id, secret: created.secret ?? '' });
    const remembered = await server.container.resolve(CreateClient).execute({ actor: 'operator', settings: { ...settings, name: 'Photo Album' } });
    formerClient = remembered.client;
    const consent = someConsent({ userId: server.person?.id ?? '', clientId: formerClient.id }, { scopes: ['profile', 'email'] });
    await server.storage.consents.give(consent);
  });
  afterAll(() => server?.close());

  /** Looks at the page as it stands, in either scheme, wide and narrow. */
  const looksRight = async (page: Page, name: string) => {
    for (const look of looks) {
      const { colorScheme, width } = look;
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      const seen = `${name}, ${colorScheme}, ${width}`;
      expect([seen, await seriousProblems(page, look), await layoutProblems(page)]).toEqual([seen, [], []]);
    }
  };

  const signedIn = async (person = testPerson): Promise<{ page: Page; look: (path: string) => Promise<void> }> => {
    // Without motion, because a colour that is on its way from one scheme to the other is neither.
    const page = await (await open({}, { javaScriptEnabled: true, reducedMotion: 'reduce' })).newPage();
    await page.goto(`${server.issuer}/sign-in`);
    await signIn(page, person);
    const look = async (path: string) => {
      expect([path, (await page.goto(`${server.issuer}${path}`))?.status()]).toEqual([path, 200]);
      await looksRight(page, path);
    };
    return { page, look };
  };

  it('finds nothing serious on the pages of connected apps and at consent', { timeout }, async () => {
    const { page, look } = await signedIn();
    await look('/');
    await look('/account');
    await look('/connected-apps');
    await look(`/connected-apps/${client.id}/disconnect`);
    await look(`/connected-apps/${formerClient.id}/disconnect`);
    await page.goto(journey(server, { clientId: client.id, redirectUri: callback, scope: 'profile email offline_access' }).start);
    await looksRight(page, 'consent with choices');
    await page.context().close();
  });

  it('finds nothing serious on the pages of apps', { timeout }, async () => {
    const { page, look } = await signedIn();
    const own = `/clients/${client.id}`;
    for (const path of ['/clients', '/clients/new', own, `${own}/edit`, `${own}/recipe`, `${own}/secrets/new`, `${own}/end-access`, `${own}/delete`])
      await look(path);
    for (const done of ['secret-removed', 'access-ended']) await look(`${own}?done=${done}`);
    await look(`${own}/secrets/${client.secrets[0]?.id}/remove`);
    await page.context().close();
  });

  it('finds nothing serious on a form with mistakes, nor on the page that shows a secret', { timeout }, async () => {
    const { page, look } = await signedIn();
    await look('/clients/new/n8n');
    await page.getByLabel('Name', { exact: true }).fill(' ');
    await page.getByLabel('Host of your n8n').fill('n8n.example');
    await page.getByRole('button', { name: 'Create the app' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('Name');
    await looksRight(page, 'form with mistakes');
    await page.getByLabel('Name', { exact: true }).fill('n8n');
    await page.getByRole('button', { name: 'Create the app' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Your app is ready');
    await looksRight(page, 'secret');
    await page.context().close();
  });

  it('copies a value with its button, which is out of sight without JavaScript', async () => {
    const { page } = await signedIn();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.issuer });
    await page.goto(`${server.issuer}/clients/${client.id}`);
    await page.getByRole('button', { name: 'Copy Client id' }).click();
    await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).toBe(client.id);
    expect(await page.getByRole('status').textContent()).toContain('copied');
    await page.context().close();

    const plain = await (await open()).newPage();
    await plain.goto(server.issuer);
    expect(await plain.getByLabel('Issuer', { exact: true }).inputValue()).toBe(server.issuer);
    expect(await plain.locator('button[data-copy]').isVisible()).toBe(false);
    await plain.context().close();
  });

  it('finds nothing serious on the pages of administrators', { timeout }, async () => {
    const { page, look } = await signedIn(admin);
    const [one, self] = [`/admin/users/${server.person?.id}`, (await server.storage.users.findByEmail(admin.email))?.id];
    for (const path of ['/admin/clients', '/admin/users', '/admin/users/new', one, `/admin/users/${self}`, `${one}/disable`, '/clients/new/custom'])
      await look(path);
    await page.context().close();
  });

  it('finds nothing serious on the pages of APIs', { timeout }, async () => {
    const settings = { name: 'Invoices', scopes: [{ name: 'invoices:read', sentence: 'See your invoices' }], tokenFormat: 'jwt' } as const;
    const asked = { actor: 'operator', identifier: 'https://invoices.example/a/long/address', settings } as const;
    const { server: api } = await server.container.resolve(RegisterResourceServer).execute(asked);
    const { page, look } = await signedIn(admin);
    const own = `/admin/resource-servers/${api.id}`;
    for (const path of ['/admin/resource-servers', '/admin/resource-servers/new', own, `${own}/edit`, `${own}/secrets/new`, `${own}/delete`]) await look(path);
    await page.context().close();
  });
});
