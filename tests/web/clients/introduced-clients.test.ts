import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { metadataUriProblem } from '../../../src/domain/clients/metadata-uri.js';
import { formOf } from '../../support/browser.js';
import { claudeCode, describedIds, everythingDescribed, introducedIds, introductionWords, selfRegistered } from '../../support/introduced.js';
import { OAuthCaller } from '../../support/oauth.js';
import { pkce } from '../../support/pkce.js';
import { type TestServer, testServer } from '../../support/test-server.js';
import { type APerson, aPerson } from '../a-person.js';

let world: TestServer;
let caller: OAuthCaller;
let root: APerson;
const challenge = { code_challenge: pkce().challenge, code_challenge_method: 'S256' };
const asked = (id: string, parameters: Record<string, string> = {}) => caller.authorizationUrl({ id }, { scope: 'profile', ...challenge, ...parameters });

/** Where one of its pages is: the identifier is one segment. */
const pathOf = (id: string, rest = '') => `/clients/${encodeURIComponent(id)}${rest}`;
const words = (text: string) =>
  text
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .replaceAll(' ,', ',');

beforeAll(async () => {
  world = await testServer({ clientMetadata: everythingDescribed, env: { CLIENT_REGISTRATION: 'any' } });
  caller = new OAuthCaller(world);
  root = await aPerson(world, 'root@described.example', { admin: true });
});
afterAll(() => world.close());

it('is tried with identifiers that can be one', () => {
  expect(describedIds.map(metadataUriProblem)).toEqual([null, null, null]);
  expect(describedIds[2]).toHaveLength(500);
});

describe.each(introducedIds)('The pages of a client that introduces itself: %s', (id) => {
  const { sentence, hint } = introductionWords(id);
  const page = (rest = '') => root.open(pathOf(id, rest));
  const stored = () => world.storage.clients.find(id);

  beforeEach(() => root.browser.allow(asked(id, { prompt: 'consent' })));

  it('are reached from the list of all apps, which says how it introduced itself', async () => {
    const list = await root.open('/admin/clients');
    const href = [...list.text.matchAll(/href="([^"]+)"/g)].map(([, found = '']) => found).find((found) => found === pathOf(id));
    expect(words(list.text)).toContain(hint);
    const shown = await root.open(href ?? '');
    expect([shown.status, words(shown.text)]).toEqual([200, expect.stringContaining(`It ${sentence}`)]);
    expect(shown.text.includes(`href="${id.replaceAll('&', '&amp;')}" target="_blank" rel="noopener noreferrer"`)).toBe(id !== selfRegistered);
  });

  it('offer to disable it and to end its access, and nothing that cannot be done', async () => {
    const { text } = await page();
    for (const rest of ['/edit', '/recipe', '/delete']) expect(text).not.toContain(pathOf(id, rest));
    expect(words(text)).toContain('It cannot be deleted: it would be back with the next person who allows it.');
    const disabled = await root.fill(pathOf(id), {}, /\/disable$/);
    expect([disabled.status, words(disabled.text)]).toEqual([200, expect.stringContaining('The app is switched off.')]);
    expect((await stored())?.disabledAt).not.toBeNull();
    const enabled = await root.fill(pathOf(id), {}, /\/enable$/);
    expect([enabled.status, words(enabled.text)]).toEqual([200, expect.stringContaining('The app works again.')]);
    const ended = await root.fill(pathOf(id, '/end-access'), {}, /\/end-access$/);
    expect([ended.status, words(ended.text)]).toEqual([200, expect.stringContaining('All access that the app had is ended.')]);
  });

  it('say where a form would be that it introduced itself, also to a form that was posted, and change nothing', async () => {
    const before = await stored();
    const why = { '/edit': 'its settings are what it says of itself', '/delete': 'disable it instead', '/recipe': 'nothing to paste' };
    for (const [rest, reason] of Object.entries(why)) {
      const { status, text } = await page(rest);
      expect([status, words(text)]).toEqual([409, expect.stringContaining(`This app ${sentence}`)]);
      expect([text, text]).toEqual([expect.stringContaining(reason), expect.stringContaining(`href="${pathOf(id)}"`)]);
    }
    for (const rest of ['/edit', '/delete']) {
      const { status, text } = await root.browser.post(pathOf(id, rest), { _csrf: await root.csrf(), name: 'Mine now' });
      expect([status, words(text)]).toEqual([409, expect.stringContaining(`This app ${sentence}`)]);
    }
    expect(await stored()).toEqual(before);
  });

  it('are there again after signing in', async () => {
    const stranger = caller.browser();
    const form = await stranger.open(pathOf(id));
    expect(form.url.searchParams.get('next')).toBe(pathOf(id));
    const back = await stranger.submit(form, /^\/sign-in/, { email: root.user.email, password: 'a long enough password' });
    expect([back.status, back.url.pathname]).toEqual([200, pathOf(id)]);
  });

  it('are not there for others', async () => {
    const eve = await aPerson(world, `eve${id.length}@described.example`);
    for (const rest of ['', '/edit', '/delete', '/recipe', '/end-access']) expect([rest, (await eve.open(pathOf(id, rest))).status]).toEqual([rest, 404]);
  });

  it('let the person disconnect it, who sees how it introduced itself', async () => {
    const list = await root.open('/connected-apps');
    expect(words(list.text)).toContain(`Claude Code ${hint}`);
    const path = `/connected-apps/${encodeURIComponent(id)}/disconnect`;
    expect(list.text).toContain(`href="${path}"`);
    const done = await root.fill(path, {}, /\/disconnect$/);
    expect([done.status, done.text]).toEqual([200, expect.stringContaining('The app is disconnected')]);
    expect((await root.open(path)).status).toBe(404);
  });
});

it('A page after signing in is never one to which the address of a client leads', async () => {
  for (const next of [
    '/clients/https://evil.example',
    '/clients/%2F%2Fevil.example',
    '/clients/https%3A%2F%2Fa/../..',
    '/clients/https%3A%2F%2Fa/https%3A%2F%2Fa',
    `/clients/https%3A%2F%2F${'a'.repeat(1501)}`,
  ]) {
    const page = await caller.browser().open(`/sign-in?next=${encodeURIComponent(next)}`);
    expect(formOf(page, /^\/sign-in/).action.search).toBe('');
  }
});

describe('A person who is asked by a client that introduces itself', () => {
  it('sees whose word its name is before they sign in, where they choose an account and where they decide', async () => {
    const stranger = caller.browser();
    expect(words((await stranger.open(asked(claudeCode))).text)).toContain('to continue to Claude Code, an app of claude.ai');
    world.clock.pass(60);
    expect(words((await root.open(asked(claudeCode, { prompt: 'select_account' }))).text)).toContain('to continue to Claude Code, an app of claude.ai');
    expect(words((await root.open(asked(claudeCode, { prompt: 'consent' }))).text)).toContain('wants to act for you an app of claude.ai');
  });

  it('sees that nobody vouches for the name of one that registered itself', async () => {
    expect(words((await caller.browser().open(asked(selfRegistered))).text)).toContain('to continue to Claude Code, as it calls itself');
    const there = words((await root.open(asked(selfRegistered, { prompt: 'consent' }))).text);
    expect(there).toContain('wants to act for you registered itself; nobody here has checked it');
    expect(there).toContain('Nobody who looks after this server knows this app, so its name cannot be checked.');
    const here = words((await root.open(asked(selfRegistered, { prompt: 'consent', redirect_uri: 'http://localhost:4711/callback' }))).text);
    expect(here).toContain('This app runs on your own device, so its name cannot be checked.');
  });

  it('is warned that any app on their device can get the answer under its name (RFC 8252 §8.6)', async () => {
    const warning = 'any app there can say that it is this one. Allow it only if you have just started it yourself.';
    expect((await root.open(asked(claudeCode, { prompt: 'consent', redirect_uri: 'http://localhost:4711/callback' }))).text).toContain(warning);
    expect((await root.open(asked(claudeCode, { prompt: 'consent' }))).text).not.toContain(warning);
  });

  it('is shown no such host for a client that is registered here, whatever its name', async () => {
    const app = await world.createClient({ name: 'https://claude.ai/oauth', redirectUris: [caller.callback] });
    expect((await root.open(caller.authorizationUrl(app, { ...challenge }))).text).not.toContain('describes itself');
  });
});
