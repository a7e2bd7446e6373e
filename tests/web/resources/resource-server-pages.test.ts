import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { StorageUnavailable } from '../../../src/application/ports/storage-unavailable.js';
import { RegisterResourceServer } from '../../../src/application/resources/register-resource-server.js';
import { ShowResourceServer } from '../../../src/application/resources/show-resource-server.js';
import { formOf, type Page } from '../../support/browser.js';
import { type TestServer, testServer } from '../../support/test-server.js';
import { type APerson, aPerson } from '../a-person.js';
import { valueAt } from '../value-at.js';

const path = '/admin/resource-servers';
const hostile = '"><script>alert(1)</script><b x=\'';

let world: TestServer;
let root: APerson;
let made = 0;
const outages: Error[] = [];

beforeAll(async () => {
  world = await testServer({ storeFailed: (error) => outages.push(error) });
  root = await aPerson(world, 'root@apis.example', { admin: true });
});
afterAll(() => world.close());

const stored = (id: string) => world.container.resolve(ShowResourceServer).execute({ id });
const given = async (settings = {}) => {
  made += 1;
  const asked = { actor: 'operator', identifier: `https://api-${made}.example`, settings: { name: `API ${made}`, ...settings } } as const;
  return (await world.container.resolve(RegisterResourceServer).execute(asked)).server;
};
const introspects = async (id: string, secret: string) => {
  const payload = new URLSearchParams({ token: 'x', client_id: id, client_secret: secret }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return (await world.server.inject({ method: 'POST', url: '/oauth/introspect', payload, headers })).statusCode;
};

describe('The pages of APIs', () => {
  it('are not there for anybody but administrators, nor is the way to them', async () => {
    const ada = await aPerson(world, 'ada@apis.example');
    const { id, secrets } = await given();
    const _csrf = await ada.csrf();
    for (const page of ['', '/new', `/${id}`, `/${id}/edit`, `/${id}/delete`, `/${id}/secrets/new`, `/${id}/secrets/${secrets[0]?.id}/remove`])
      expect([page, (await ada.open(path + page)).status]).toEqual([page, 404]);
    for (const page of ['/new', `/${id}/edit`, `/${id}/delete`, `/${id}/secrets/new`, `/${id}/secrets/${secrets[0]?.id}/remove`])
      expect([page, (await ada.browser.post(path + page, { _csrf, name: 'Sly', label: 'sly' })).status]).toEqual([page, 404]);
    expect((await ada.open('/')).text).not.toContain(path);
    expect((await root.open('/')).text).toContain(`href="${path}"`);
    expect(await stored(id)).toMatchObject({ name: `API ${made}`, secrets: [{ label: 'first secret' }] });
  });

  it('register one and show its secret on that page, in full, and nowhere afterwards', async () => {
    const typed = { name: 'Bills', identifier: 'https://bills.example', scopes: 'bills:read See your bills\r\nbills:pay  Pay your bills', tokenFormat: 'jwt' };
    const page = await root.fill(`${path}/new`, { ...typed, signingAlgorithm: 'EdDSA' });
    const [id, secret] = [valueAt(page, 'Id') ?? '', valueAt(page, 'Secret') ?? ''];
    expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(await stored(id)).toMatchObject({
      identifier: 'https://bills.example',
      scopes: [
        { name: 'bills:read', sentence: 'See your bills' },
        { name: 'bills:pay', sentence: 'Pay your bills' },
      ],
      tokenFormat: 'jwt',
      signingAlgorithm: 'EdDSA',
      secrets: [{ createdBy: root.user.id }],
    });
    expect(await introspects(id, secret)).toBe(200);
    for (const one of ['', `/${id}`, `/${id}/edit`, `/${id}/secrets/new`, `/${id}/delete`]) expect((await root.open(path + one)).text).not.toContain(secret);
    expect((await root.open(`${path}/${id}`)).text).toContain(`…${secret.slice(-4)}`);
  });

  it('make one API, and one secret, of a form that is sent twice', async () => {
    const twice = async (page: string, typed: Record<string, string>) => {
      const { action, fields } = formOf(await root.open(page), new RegExp(`^${page}$`));
      const sent = { ...fields, scopes: '', ...typed };
      const answers = await Promise.all([root.browser.post(action, sent), root.browser.post(action, sent)]);
      const [one, other] = answers.map((answer) => valueAt(answer, 'Secret'));
      expect(one).toMatch(/^kw_rs_/);
      expect(other).toBe(one);
      return valueAt(answers[0] as Page, 'Id') ?? '';
    };
    const id = await twice(`${path}/new`, { name: 'Only one', identifier: 'https://only-one.example' });
    expect((await root.open(path)).text.match(/Only one/g)).toHaveLength(1);
    await twice(`${path}/${id}/secrets/new`, { label: 'the other' });
    expect((await stored(id)).secrets).toHaveLength(2);
  });

  it('say of a form that was sent again, while the first sending takes its time, to reload it, and that is no outage of the store', async () => {
    const begin = vi.spyOn(world.storage.idempotencyKeys, 'begin').mockResolvedValue({ outcome: 'running' });
    const page = await root.fill(`${path}/new`, { name: 'Slow', identifier: 'https://slow.example' });
    expect([page.status, page.text]).toEqual([503, expect.stringContaining('Please reload this page')]);
    expect(page.text).not.toContain('storage');
    begin.mockRejectedValueOnce(new StorageUnavailable(new Error('away')));
    expect((await root.fill(`${path}/new`, { name: 'Slow', identifier: 'https://slow.example' })).status).toBe(503);
    expect(outages).toMatchObject([{ cause: { message: 'away' } }]);
    begin.mockRestore();
  }, 20_000);

  it('say at each field what is wrong, and keep everything that was typed', async () => {
    const { identifier } = await given({ scopes: [{ name: 'taken', sentence: 'Take' }] });
    const wrong = await root.fill(`${path}/new`, { name: ' ', identifier: 'api', scopes: `admin Rule\nlonely\n${hostile}` });
    expect(wrong.status).toBe(422);
    for (const reason of ['Give it a name', 'Must be an absolute URI', 'is a scope of this server itself', 'needs the sentence'])
      expect(wrong.text).toContain(reason);
    expect(wrong.text).toContain('admin Rule\nlonely');
    expect(wrong.text).not.toContain('<script>alert');
    expect((await root.fill(`${path}/new`, { name: 'X', identifier: `${identifier}/` })).text).toContain('Is registered already.');
    expect((await root.fill(`${path}/new`, { name: 'X', identifier: 'https://x.example', scopes: 'taken Take too' })).text).toContain(
      'of another resource server',
    );
  });

  it('refuse a form that does not come from their own page', async () => {
    const { id } = await given();
    for (const page of ['/new', `/${id}/edit`, `/${id}/delete`, `/${id}/secrets/new`])
      expect([page, (await root.browser.post(path + page, { _csrf: 'made up', name: 'Planted' })).status]).toEqual([page, 403]);
    expect((await root.open(path)).text).not.toContain('Planted');
  });

  it('change what was edited and nothing else, and let no tab undo what another saved until the person has seen it', async () => {
    const { id } = await given({ scopes: [{ name: 'edit:a', sentence: 'Do a' }], tokenFormat: 'jwt' });
    const before = await stored(id);
    const edit = `${path}/${id}/edit`;
    const opened = formOf(await root.open(edit), /edit$/).fields.version as string;
    const saved = await root.fill(edit, { name: 'Renamed' });
    expect([saved.url.pathname, saved.text.includes('Your changes are saved.')]).toEqual([`${path}/${id}`, true]);
    expect(await stored(id)).toEqual({ ...before, name: 'Renamed', version: 2 });
    const stale = await root.fill(edit, { name: 'Second tab', version: opened });
    expect([stale.status, /was changed since you opened this page/.test(stale.text), valueAt(stale, 'Name')]).toEqual([422, true, 'Second tab']);
    expect((await stored(id)).name).toBe('Renamed');
  });

  it('replace a secret without a pause, and say when the old one can go', async () => {
    const { id, secrets } = await given();
    const [first] = secrets;
    world.clock.pass(1);
    const page = await root.fill(`${path}/${id}/secrets/new`, { label: 'new server', expiresAt: '2099-12-31' });
    expect(await introspects(id, valueAt(page, 'Secret') ?? '')).toBe(200);
    const second = (await stored(id)).secrets.find(({ label }) => label === 'new server');
    expect(second).toMatchObject({ expiresAt: new Date('2100-01-01T00:00:00Z'), createdBy: root.user.id });
    expect((await root.open(`${path}/${id}`)).text).not.toContain('Safe to remove');
    await world.storage.usage.record({ secrets: [{ secretId: second?.id ?? '', at: world.clock.now(), from: '192.0.2.7' }], grants: [] });
    const shown = (await root.open(`${path}/${id}`)).text;
    for (const word of ['Safe to remove', 'from 192.0.2.7', 'by the command line', 'by you']) expect(shown).toContain(word);

    const removal = `${path}/${id}/secrets/${first?.id}/remove`;
    expect((await root.open(removal)).text).toContain('It is safe to remove');
    expect((await root.fill(removal)).text).toContain('The secret is removed.');
    expect((await stored(id)).secrets.map(({ label }) => label)).toEqual(['new server']);
    expect((await root.open(`${path}/${id}/secrets/${second?.id}/remove`)).text).toContain('without one the API can ask about no tokens');
    expect((await root.fill(`${path}/${id}/secrets/new`, { label: '' })).text).toContain('Say what the secret is for');
  });

  it('remove an API only after they said what that ends', async () => {
    const { id } = await given({ name: 'Doomed', scopes: [{ name: 'doom:see', sentence: 'See doom' }], tokenFormat: 'jwt' });
    const asked = (await root.open(`${path}/${id}/delete`)).text;
    for (const word of ['Doomed', 'with its secret', '<code>doom:see</code>', 'stay good until they expire', 'go on checking JWTs by itself'])
      expect(asked).toContain(word);
    const page = await root.fill(`${path}/${id}/delete`);
    expect([page.url.pathname, page.text.includes('The API is removed')]).toEqual([path, true]);
    expect((await root.open(`${path}/${id}`)).status).toBe(404);
    expect((await root.browser.post(`${path}/${id}/delete`, { _csrf: await root.csrf() })).status).toBe(404);
  });

  it('show what is in a name as text', async () => {
    const { id } = await given({ name: hostile, scopes: [{ name: 'bad:read', sentence: hostile }] });
    for (const page of ['', `/${id}`, `/${id}/edit`, `/${id}/secrets/new`, `/${id}/delete`]) {
      const { status, text } = await root.open(path + page);
      expect([page, status, /<script>alert|<b x=/.test(text)]).toEqual([page, 200, false]);
    }
  });
});
