import { afterAll, beforeAll, expect, it } from 'vitest';
import { deviceCodeGrant } from '../../src/domain/clients/client.js';
import { listeningServer, type TestServer } from '../support/test-server.js';
import { allow, deny, signIn } from './authorization-journey.js';
import { seriousProblems } from './axe.js';
import { describeInChromium, looks } from './chromium.js';
import { layoutProblems } from './layout-problems.js';

describeInChromium('connecting a device', ({ open }) => {
  let server: TestServer;
  let clientId: string;
  beforeAll(async () => {
    server = await listeningServer();
    clientId = (await server.createClient({ name: 'Television', type: 'public', grantTypes: [deviceCodeGrant, 'refresh_token'] })).id;
  });
  afterAll(() => server?.close());

  const post = async (path: string, form: Record<string, string>) =>
    (await fetch(`${server.issuer}${path}`, { method: 'POST', body: new URLSearchParams({ client_id: clientId, ...form }) })).json() as Promise<
      Record<string, string>
    >;
  const begin = () => post('/oauth/device_authorization', { scope: 'profile email' });
  const ask = (deviceCode: string | undefined) => post('/oauth/token', { grant_type: deviceCodeGrant, device_code: deviceCode ?? '' });

  it.each(looks)('takes a person from the code to the end, on pages that everybody can use ($colorScheme, $width)', async (look) => {
    const { device_code: deviceCode, user_code: userCode = '' } = await begin();
    const page = await (await open(look, { javaScriptEnabled: true })).newPage();
    const looksRight = async (name: string) => {
      expect([name, await seriousProblems(page, look)]).toEqual([name, []]);
      expect([name, await layoutProblems(page)]).toEqual([name, []]);
    };
    const type = async (text: string) => {
      await page.getByLabel('Code').fill(text);
      await page.getByRole('button', { name: 'Continue' }).click();
    };
    await page.goto(`${server.issuer}/device`);
    await looksRight('the code');
    await type('BCDF-GHJ');
    expect(await page.getByLabel('Code').getAttribute('aria-invalid')).toBe('true');
    await looksRight('the code, mistyped');
    await type(userCode.toLowerCase());
    await signIn(page);
    for (const part of ['Television', userCode, 'device in front of you']) expect(await page.getByRole('main').textContent()).toContain(part);
    await looksRight('consent');
    await allow(page).click();
    expect(await page.title()).toContain('Your device is connected');
    await looksRight('the end');
    expect(await ask(deviceCode)).toMatchObject({ scope: 'profile email' });
    await page.context().close();
  });

  it('asks whether the code is theirs whom the device’s own link has brought, and takes a no, without JavaScript', async () => {
    const { device_code: deviceCode, user_code: userCode = '', verification_uri_complete: link = '' } = await begin();
    const page = await (await open({ width: 360 })).newPage();
    await page.goto(link);
    expect(await page.getByLabel('Code').inputValue()).toBe(userCode);
    expect(await page.getByRole('main').textContent()).toContain('Does your device show this code?');
    await page.getByRole('button', { name: 'Yes, continue' }).click();
    await signIn(page);
    await deny(page).click();
    expect(await page.title()).toContain('You said no');
    expect(await ask(deviceCode)).toMatchObject({ error: 'access_denied' });
    await page.context().close();
  });
});
