import { afterAll, beforeAll, expect, it } from 'vitest';
import { CreateUser } from '../../src/application/people/create-user.js';
import { claudeCode, everythingDescribed, introducedIds, selfRegistered } from '../support/introduced.js';
import { listeningServer, type TestServer } from '../support/test-server.js';
import { allowAndLeave, journey, signIn } from './authorization-journey.js';
import { describeInChromium, looks } from './chromium.js';
import { layoutProblems } from './layout-problems.js';

const root = { email: 'root@example.com', password: 'another fine passphrase' };
const redirectUri = 'https://app.example/callback';

describeInChromium('a client that introduces itself, in a browser without JavaScript', ({ open }) => {
  let server: TestServer;

  beforeAll(async () => {
    server = await listeningServer({ clientMetadata: everythingDescribed, env: { CLIENT_REGISTRATION: 'any' } });
    await server.container.resolve(CreateUser).execute({ actor: 'operator', ...root, admin: true });
  });
  afterAll(() => server?.close());

  const byDocument = { id: claudeCode, asking: 'to continue to Claude Code, an app of claude.ai', deciding: 'wants to act for youan app of claude.ai' };
  const registered = { id: selfRegistered, asking: 'to continue to Claude Code, as it calls itself', deciding: 'nobody here has checked it' };

  it.each(looks.flatMap((look) => [byDocument, registered].map((one) => ({ ...look, ...one }))))(
    'says whose word its name is, at every step ($colorScheme, $width, $asking)',
    async ({ id, asking, deciding, ...look }) => {
      const context = await open(look);
      const page = await context.newPage();
      await page.goto(`${journey(server, { clientId: id, redirectUri: 'http://localhost:4711/callback' }).start}&prompt=consent`);
      const text = () => page.getByRole('main').textContent();
      expect(await text()).toContain(asking);
      expect(await layoutProblems(page)).toEqual([]);
      await signIn(page);
      expect(await text()).toContain(deciding);
      expect(await layoutProblems(page)).toEqual([]);
      await context.close();
    },
  );

  it.each(introducedIds)('is looked after by clicks alone, whatever is in its identifier: %s', async (id) => {
    const context = await open();
    const page = await context.newPage();
    const click = (role: 'link' | 'button', name: string | RegExp) => page.getByRole(role, { name }).click();
    const text = () => page.getByRole('main').textContent();
    await page.goto(`${journey(server, { clientId: id, redirectUri, scope: 'profile' }).start}&prompt=consent`);
    await signIn(page, root);
    await allowAndLeave(page, 'app.example');

    await page.goto(`${server.issuer}/admin/clients`);
    await page.getByRole('row').filter({ hasText: id }).first().getByRole('link', { name: 'Claude Code' }).click();
    expect(await page.getByLabel('Client id', { exact: true }).inputValue()).toBe(id);
    expect(await layoutProblems(page)).toEqual([]);
    await click('button', 'Disable');
    expect(await text()).toContain('The app is switched off.');
    await click('button', 'Enable');
    expect(await text()).toContain('The app works again.');
    await click('link', 'End all access …');
    await click('button', 'End all access');
    expect(await text()).toContain('All access that the app had is ended.');
    expect((await server.storage.clients.find(id))?.ownTokensRevokedAt).not.toBeNull();

    await page.goto(journey(server, { clientId: id, redirectUri, scope: 'profile' }).start);
    await allowAndLeave(page, 'app.example');
    await page.goto(`${server.issuer}/connected-apps`);
    await click('link', 'Disconnect Claude Code');
    await click('button', 'Disconnect');
    expect(await text()).toContain('The app is disconnected');
    await context.close();
  });
});
