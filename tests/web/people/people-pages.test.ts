import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ShowUser } from '../../../src/application/people/show-user.js';
import { type TestServer, testServer } from '../../support/test-server.js';
import { type APerson, aPerson } from '../a-person.js';

let world: TestServer;
let root: APerson;
let ada: APerson;

beforeAll(async () => {
  world = await testServer();
  root = await aPerson(world, 'root@people.example', { admin: true });
  ada = await aPerson(world, 'ada@people.example');
});
afterAll(() => world.close());

const stored = (email: string) => world.container.resolve(ShowUser).execute({ email });

describe('The pages of administrators', () => {
  it('are not there for anybody else, nor is the way to them', async () => {
    const { id } = root.user;
    const _csrf = await ada.csrf();
    for (const path of ['/admin/clients', '/admin/users', '/admin/users/new', `/admin/users/${id}`, `/admin/users/${id}/disable`])
      expect([path, (await ada.open(path)).status]).toEqual([path, 404]);
    for (const path of ['/admin/users/new', `/admin/users/${id}/disable`, `/admin/users/${id}/enable`]) {
      expect([path, (await ada.browser.post(path, { _csrf, email: 'x@x.example', password: 'long enough' })).status]).toEqual([path, 404]);
    }
    expect((await ada.open('/')).text).not.toContain('/admin/');
    expect((await root.open('/')).text).toContain('href="/admin/users"');
    expect((await stored('root@people.example')).disabledAt).toBeNull();
  });

  it('add a person, who can then sign in', async () => {
    const page = await root.fill('/admin/users/new', { email: 'New@People.example', password: 'a first password', admin: 'yes' });
    expect([page.url.pathname, page.text.includes('can now sign in')]).toEqual(['/admin/users', true]);
    expect(await stored('new@people.example')).toMatchObject({ username: 'new', admin: true });
    expect(page.text).not.toContain('a first password');
  });

  it('say what is wrong at its field and keep what was typed, but never a password', async () => {
    const page = await root.fill('/admin/users/new', { email: 'nobody', username: '"><b>', password: 'short' });
    expect(page.status).toBe(422);
    for (const text of ['Is not an e-mail address.', 'Is shorter than 8 characters.', 'value="nobody"', 'value="&quot;>&lt;b>"'])
      expect(page.text).toContain(text);
    expect(page.text).not.toContain('value="short"');
  });

  it('show where a person is signed in, and sign them out there, and nobody else', async () => {
    const [other] = [await aPerson(world, 'grace@people.example')];
    const page = `/admin/users/${other.user.id}`;
    expect((await root.open('/admin/users')).text).toContain(`href="${page}"`);
    const shown = await root.open(page);
    for (const text of ['grace@people.example', 'Where they are signed in', 'with a password']) expect(shown.text).toContain(text);
    expect((await root.fill(page, {}, /\/sessions\/[^/]+\/end$/)).text).toContain('That browser is signed out.');
    expect((await other.open('/account')).url.pathname).toBe('/sign-in');
    expect((await root.open(page)).text).toContain('Nowhere at the moment.');
    expect((await ada.open('/account')).url.pathname).toBe('/account');
  });

  it('sign a person out everywhere, but of oneself leave the browser in which one looks', async () => {
    const other = await aPerson(world, 'heidi@people.example');
    const end = /\/sessions\/end-others$/;
    expect((await root.fill(`/admin/users/${other.user.id}`, {}, end)).text).toContain('They are signed out everywhere.');
    expect((await other.open('/account')).url.pathname).toBe('/sign-in');
    const again = await root.browser.post(`/admin/users/${root.user.id}/sessions/end-others`, { _csrf: await root.csrf() });
    expect([again.status, again.url.pathname]).toEqual([200, `/admin/users/${root.user.id}`]);
  });

  it('let nobody else end a session', async () => {
    const { items } = await world.storage.sessions.listOf(root.user.id, world.clock.now(), { limit: 1 });
    const _csrf = await ada.csrf();
    for (const what of [`${items[0]?.id}/end`, 'end-others'])
      expect((await ada.browser.post(`/admin/users/${root.user.id}/sessions/${what}`, { _csrf })).status).toBe(404);
    expect((await root.open('/account')).url.pathname).toBe('/account');
  });

  it('shut a person out, after asking, and let them in again', async () => {
    const off = `/admin/users/${ada.user.id}/disable`;
    expect((await root.open(off)).text).toContain('is signed out everywhere');
    expect((await ada.open('/clients')).status).toBe(200);
    expect((await root.fill(off)).text).toContain('The person is shut out');
    expect((await ada.open('/clients')).url.pathname).toBe('/sign-in');
    expect((await root.fill('/admin/users', {}, new RegExp(`${ada.user.id}/enable`))).text).toContain('can sign in again');
    expect((await stored('ada@people.example')).disabledAt).toBeNull();
  });

  it('let no administrator shut themselves out', async () => {
    const page = await root.browser.post(`/admin/users/${root.user.id}/disable`, { _csrf: await root.csrf() });
    expect([page.status, page.text.includes('you cannot disable yourself')]).toEqual([400, true]);
    expect((await stored('root@people.example')).disabledAt).toBeNull();
  });
});
