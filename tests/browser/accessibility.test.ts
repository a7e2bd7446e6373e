import { afterAll, beforeAll, expect, it } from 'vitest';
import { listeningServer, type TestServer } from '../support/test-server.js';
import { journey, signIn } from './authorization-journey.js';
import { seriousProblems } from './axe.js';
import { describeInChromium, looks } from './chromium.js';
import { layoutProblems } from './layout-problems.js';

// Nobody goes there: its button is looked at.
const acme = { id: 'acme', name: 'Acme ID', issuer: 'https://id.acme.example', client_id: 'keywright' };
const redirectUri = 'https://ledger.example/callback';

describeInChromium('the pages that everybody meets, for axe-core', ({ open }) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await listeningServer({ env: { SIGN_IN_PROVIDERS: JSON.stringify([acme]) } });
  });
  afterAll(() => server?.close());

  it.each(looks)('finds nothing serious from the start page to the message ($colorScheme, $width)', async (look) => {
    const { client } = await server.createClient({
      name: 'Ledger',
      description: 'Keeps your books.',
      homepageUri: 'https://ledger.example',
      redirectUris: [redirectUri],
    });
    const context = await open(look, { javaScriptEnabled: true });
    const page = await context.newPage();
    const looksRight = async (name: string) => {
      expect([name, await seriousProblems(page, look)]).toEqual([name, []]);
      expect([name, await layoutProblems(page)]).toEqual([name, []]);
    };

    await page.goto(server.issuer);
    await looksRight('start, signed out');
    await page.goto(`${server.issuer}/api`);
    await looksRight('API');
    await page.goto(`${server.issuer}/api?open=all`);
    await looksRight('API, all of it open');
    await page.goto(journey(server, { clientId: client.id, redirectUri }).start);
    await looksRight('sign in, with a provider');
    await signIn(page, { email: 'ada@example.com', password: 'wrong' });
    await looksRight('sign in, after a mistake');
    await signIn(page);
    await looksRight('consent');
    await page.goto(`${server.issuer}/oauth/authorize?client_id=unknown`);
    await looksRight('message');
    await page.goto(server.issuer);
    await looksRight('start, signed in');
    await page.goto(`${server.issuer}/account`);
    await looksRight('account, with a provider to link');
    await page.goto(`${server.issuer}/account/delete`);
    await looksRight('delete your account');
    await page.goto(`${server.issuer}/sign-in?again=yes&next=%2Faccount`);
    await looksRight('confirm that it is you');
    await page.goto(`${journey(server, { clientId: client.id, redirectUri }).start}&prompt=select_account`);
    await looksRight('choose an account');
    await context.close();
  });

  it.each(looks)('would find a text that is too pale, and in the first look a button without a name ($colorScheme, $width)', async (look) => {
    const page = await (await open(look, { javaScriptEnabled: true })).newPage();
    await page.setContent(
      '<html lang="en"><title>Bad</title><main><h1>Bad</h1><button></button><p style="color:#ccc;background:#fff">Too pale to read</p></main>',
    );
    const found = (await seriousProblems(page, look)).join('\n');
    expect(found).toContain('color-contrast');
    expect(found.includes('button-name')).toBe(look === looks[0]);
    await page.context().close();
  });
});
