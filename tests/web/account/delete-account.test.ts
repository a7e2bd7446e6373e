import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ShowUser } from '../../../src/application/people/show-user.js';
import { NotFound } from '../../../src/domain/errors.js';
import { type TestServer, testServer } from '../../support/test-server.js';
import { aPerson } from '../a-person.js';

const password = 'a long enough password';
let world: TestServer;
beforeAll(async () => {
  world = await testServer();
});
afterAll(() => world.close());

const stored = (email: string) => world.container.resolve(ShowUser).execute({ email });

describe('A person', () => {
  it('deletes their account after a question that names the apps that go with it', async () => {
    const ada = await aPerson(world, 'ada@delete.example');
    await ada.fill('/clients/new/custom', { name: 'Ledger', redirectUris: 'https://ledger.example/cb' });
    const { text } = await ada.open('/account/delete');
    expect(text).toContain('your apps');
    expect(text).toContain('Ledger');
    const page = await ada.fill('/account/delete');
    expect(page.text).toContain('Your account is deleted');
    await expect(stored('ada@delete.example')).rejects.toThrow(NotFound);
    expect((await ada.open('/account')).url.pathname).toBe('/sign-in');
  });

  it('is asked to sign in first where that was more than five minutes ago, and comes back to the question', async () => {
    const bob = await aPerson(world, 'bob@delete.example');
    world.clock.pass(301);
    const page = await bob.fill('/account/delete');
    expect([page.url.pathname, page.status]).toEqual(['/sign-in', 200]);
    expect((await stored('bob@delete.example')).disabledAt).toBeNull();
    const question = await bob.browser.submit(page, /^\/sign-in/, { email: bob.user.email, password });
    expect(question.url.pathname).toBe('/account/delete');
    expect((await bob.fill('/account/delete')).text).toContain('Your account is deleted');
  });

  it('who is an administrator is deleted by another one only', async () => {
    const [root, other] = [await aPerson(world, 'root@delete.example', { admin: true }), await aPerson(world, 'other@delete.example', { admin: true })];
    expect((await root.open('/account/delete')).text).toContain('Another administrator has to do that');
    const _csrf = await root.csrf();
    expect((await root.browser.post('/account/delete', { _csrf })).status).toBe(403);
    expect((await root.browser.post(`/admin/users/${root.user.id}/delete`, { _csrf })).status).toBe(400);
    expect((await stored('root@delete.example')).admin).toBe(true);
    expect((await other.open(`/admin/users/${root.user.id}/delete`)).text).toContain('root@delete.example');
    expect((await other.fill(`/admin/users/${root.user.id}/delete`)).text).toContain('The person is deleted');
    await expect(stored('root@delete.example')).rejects.toThrow(NotFound);
  });

  it('is not deleted without the token of our form, nor by somebody who is no administrator', async () => {
    const [eve, grace] = [await aPerson(world, 'eve@delete.example'), await aPerson(world, 'grace@delete.example')];
    expect((await grace.browser.post('/account/delete', {})).status).toBe(403);
    for (const status of [(await eve.open(`/admin/users/${grace.user.id}/delete`)).status]) expect(status).toBe(404);
    expect((await eve.browser.post(`/admin/users/${grace.user.id}/delete`, { _csrf: await eve.csrf() })).status).toBe(404);
    expect((await stored('grace@delete.example')).disabledAt).toBeNull();
  });
});
