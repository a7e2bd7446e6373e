import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CreateClient } from '../../../src/application/clients/create-client.js';
import { ShowClient } from '../../../src/application/clients/show-client.js';
import type { Client } from '../../../src/domain/clients/client.js';
import { type TestServer, testServer } from '../../support/test-server.js';
import { type APerson, aPerson } from '../a-person.js';

let world: TestServer;
let ada: APerson;
let eve: APerson;
let root: APerson;
let client: Client;

beforeAll(async () => {
  world = await testServer();
  ada = await aPerson(world, 'ada@others.example');
  eve = await aPerson(world, 'eve@others.example');
  root = await aPerson(world, 'root@others.example', { admin: true });
  const settings = { name: 'Adas secret project', redirectUris: ['https://a.example/cb'] };
  client = (await world.container.resolve(CreateClient).execute({ actor: ada.user, settings })).client;
});
afterAll(() => world.close());

const secretId = () => client.secrets[0]?.id ?? '';
const pages = () => ['', '/edit', '/recipe', '/delete', '/secrets/new', `/secrets/${secretId()}/remove`].map((rest) => `/clients/${client.id}${rest}`);
const actions = () =>
  ['/edit', '/disable', '/enable', '/delete', '/secrets/new', `/secrets/${secretId()}/remove`].map((rest) => `/clients/${client.id}${rest}`);
const unknown = (path: string) => path.replace(client.id, 'f'.repeat(32));
const stored = () => world.container.resolve(ShowClient).execute({ actor: 'operator', clientId: client.id });

describe("Somebody else's app", () => {
  it('is, page by page, the same answer as one that does not exist', async () => {
    for (const path of pages()) {
      const [theirs, none] = [await eve.open(path), await eve.open(unknown(path))];
      expect([path, theirs.status, theirs.text]).toEqual([path, 404, none.text]);
      expect((await ada.open(path)).status).toBe(200);
    }
  });

  it('cannot be touched, form by form', async () => {
    const before = await stored();
    const _csrf = await eve.csrf();
    for (const path of actions()) {
      const page = await eve.browser.post(path, { _csrf, name: 'Mine now', label: 'mine' });
      expect([path, page.status, page.text]).toEqual([path, 404, (await eve.browser.post(unknown(path), { _csrf })).text]);
    }
    expect(await stored()).toEqual(before);
  });

  it('is not in the list, and its id says nothing as the start of a page', async () => {
    expect((await eve.open('/clients')).text).not.toContain('Adas secret project');
    await world.container.resolve(CreateClient).execute({ actor: eve.user, settings: { name: 'Eves own', redirectUris: ['https://e.example/cb'] } });
    const first = (await eve.open('/clients')).text.replace(/name="_csrf" value="[^"]*"/g, '');
    for (const after of [client.id, Buffer.concat([Buffer.alloc(16), Buffer.from(client.id)]).toString('base64url'), '.', 'x']) {
      const tried = await eve.open(`/clients?after=${after}`);
      expect(tried.text.replace(/name="_csrf" value="[^"]*"/g, '')).toBe(first);
    }
  });

  it('opens for an administrator', async () => {
    for (const path of pages()) expect([path, (await root.open(path)).status]).toEqual([path, 200]);
    expect((await root.open('/admin/clients')).text).toMatch(/Adas secret project.*ada@others\.example/s);
    expect((await root.open('/clients')).text).not.toContain('Adas secret project');
  });

  it('is behind the sign-in page for whoever is not signed in', async () => {
    const stranger = (await aPerson(world, 'stranger@others.example')).browser;
    stranger.cookies.clear();
    for (const path of [...pages(), '/clients', '/clients/new', '/connected-apps', '/admin/clients', '/admin/users']) {
      const page = await stranger.open(path);
      expect([page.url.pathname, page.url.searchParams.get('next')]).toEqual(['/sign-in', path]);
    }
  });

  it('leads from the sign-in page back to where one was going, but never to another site', async () => {
    const stranger = (await aPerson(world, 'late@others.example')).browser;
    const again = async (next: string) => {
      stranger.cookies.clear();
      const form = await stranger.open(`/sign-in?next=${encodeURIComponent(next)}`);
      return (await stranger.submit(form, /^\/sign-in/, { email: 'late@others.example', password: 'a long enough password' })).url.href;
    };
    expect(await again('/clients/new')).toBe(`${world.issuer}/clients/new`);
    for (const bad of ['//evil.example/clients', 'https://evil.example', '/\\evil.example', '/clients/../../evil', '/clients?x=https://evil.example']) {
      expect(await again(bad)).toBe(`${world.issuer}/`);
    }
  });
});

describe('A long list of apps', () => {
  it('is read page by page without a gap or a repetition', async () => {
    const lister = await aPerson(world, 'many@others.example');
    const names = Array.from({ length: 60 }, (_, index) => `App number ${index + 1};`);
    for (const name of names) {
      await world.container.resolve(CreateClient).execute({ actor: lister.user, settings: { name, redirectUris: ['https://a.example/cb'] } });
      world.clock.pass(1);
    }
    const seen: string[] = [];
    let path: string | undefined = '/clients';
    while (path) {
      const { text } = await lister.open(path);
      seen.push(...[...text.matchAll(/App number \d+;/g)].map(([name]) => name));
      path = /href="(\/clients\?after=[^"]+)">Next page/.exec(text)?.[1];
    }
    expect(seen).toEqual(names.toReversed());
  });
});
