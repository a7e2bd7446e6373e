import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CreateUser } from '../../src/application/people/create-user.js';
import { formOf } from '../support/browser.js';
import { flakyStorage } from '../support/flaky-storage.js';
import { basic, credentialsOf, OAuthCaller } from '../support/oauth.js';
import { pkce } from '../support/pkce.js';
import { listeningServer, type TestServer, testPerson } from '../support/test-server.js';
import { type TestStorage, testStorage } from '../support/test-storage.js';
import { overFetch, type Transport } from '../support/transport.js';
import { wire } from '../support/wire.js';

interface Seen {
  readonly url: string;
  readonly status: number;
  readonly location: string | null;
  readonly text: string;
}

/**
 * Everything secret that comes up in whole flows, good and bad, is noted; so is all that was logged at every level and all that was answered.
 * No secret may be where it was not meant to go.
 */
describe('No token, code, secret, verifier or password', () => {
  const secrets = new Map<string, string>();
  const seen: Seen[] = [];
  let own: TestStorage;
  let world: TestServer;

  beforeAll(async () => {
    own = await testStorage();
    const store = flakyStorage(own.storage);
    world = await listeningServer({ storage: store.storage });
    const watching: Transport = async (url, message) => {
      const response = await overFetch(url, message);
      const text = await response.clone().text();
      seen.push({ url: String(url), status: response.status, location: response.headers.get('location'), text });
      return response;
    };
    const caller = new OAuthCaller(world, watching);
    await world.container.resolve(CreateUser).execute({ actor: 'operator', ...testPerson });
    const note = (name: string, value: string) => secrets.set(name, value);
    note('password', testPerson.password);

    const app = await world.createClient({ redirectUris: [caller.callback] });
    const spa = await world.createClient({ type: 'public', redirectUris: [caller.callback] });
    note('client secret', app.secret);
    for (const client of [app, spa]) {
      const name = client === app ? 'confidential' : 'public';
      const { verifier, challenge } = pkce();
      const browser = caller.browser();
      const page = await browser.signIn(
        caller.authorizationUrl(client, { code_challenge: challenge, code_challenge_method: 'S256', state: `state-of-${name}` }),
      );
      note(`${name}: csrf token`, formOf(page, /^\/consent/).fields._csrf ?? '');
      for (const [cookie, value] of browser.cookies) note(`${name}: ${cookie}`, value);
      const back = await browser.submit(page, /^\/consent\/[^/]+\/(?!switch)/, { decision: 'allow' });
      const code = back.url.searchParams.get('code') ?? '';
      note(`${name}: code`, code);
      note(`${name}: verifier`, verifier);
      const form = { ...caller.codeForm({ code, verifier }), ...credentialsOf(client) };
      const { body: first } = await caller.token(form);
      note(`${name}: access token`, first.access_token);
      note(`${name}: refresh token`, first.refresh_token);
      const { body: second } = await caller.token({ grant_type: 'refresh_token', refresh_token: first.refresh_token, ...credentialsOf(client) });
      note(`${name}: refreshed access token`, second.access_token);
      note(`${name}: successor`, second.refresh_token);
      await caller.me(second.access_token);
      await caller.post('/oauth/introspect', { token: second.access_token, ...credentialsOf(app) });

      // From here on everything goes wrong: tokens in all the places where they do not belong.
      for (const secret of [code, first.access_token, second.refresh_token, app.secret, verifier]) {
        for (const name of ['client_id', 'grant_type', 'scope', 'resource', 'redirect_uri', 'code', 'refresh_token', 'state', 'x', secret]) {
          await caller.token({ ...form, [name]: secret });
          await caller.post('/oauth/revoke', { token: 'x', ...credentialsOf(client), [name]: secret });
          await caller.post('/oauth/par', { response_type: 'code', ...credentialsOf(client), [name]: secret });
          await caller.token([...Object.entries(form), [name, secret], [name, secret]]);
        }
        await caller.token({ grant_type: 'client_credentials' }, basic(secret, secret));
        await caller.token({ grant_type: 'client_credentials' }, { authorization: `Basic ${secret}` });
        await caller.me(`${secret}x`);
        for (const path of ['/oauth/me', '/oauth/token', '/nowhere', '/sign-in', '/', '/oauth/authorize'])
          await watching(`${world.issuer}${path}?access_token=${secret}&code=${secret}`);
        await wire(world.server, `GET /oauth/me HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${secret}\0\r\n\r\n`);
        await wire(world.server, `POST /oauth/token HTTP/1.1\r\nHost: x\r\nX: ${secret}${'x'.repeat(20_000)}\r\n\r\n`);
        await wire(world.server, `FROBNICATE /${secret} HTTP/1.1\r\n\r\n`);
        for (const parameter of ['scope', 'code_challenge', 'response_type', 'prompt', 'client_id', 'redirect_uri'])
          await browser.request(caller.authorizationUrl(client, { [parameter]: secret }));
      }
      for (const state of ['away', 'broken'] as const) {
        store.become(state);
        await caller.token(form);
        await caller.token({ grant_type: 'refresh_token', refresh_token: second.refresh_token, ...credentialsOf(client) });
        await caller.me(second.access_token);
        await browser.request('/');
        await browser.post('/sign-in', { _csrf: formOf(page, /^\/consent/).fields._csrf ?? '', ...testPerson });
        await watching(`${world.issuer}/readyz`);
        store.become('well');
      }
      await browser.post('/sign-in', { _csrf: formOf(page, /^\/consent/).fields._csrf ?? '', email: 'eve@example.com', password: testPerson.password });
      await caller.token(form);
      world.clock.pass(60);
      await caller.token({ grant_type: 'refresh_token', refresh_token: first.refresh_token, ...credentialsOf(client) });
      await caller.me(second.access_token);
    }
  });
  afterAll(async () => {
    await world.close();
    await own.close();
  });

  it('was missed by what follows', () => {
    expect(secrets.size).toBeGreaterThan(15);
    for (const [name, secret] of secrets) expect(secret.length, name).toBeGreaterThan(20);
    expect(world.log.length).toBeGreaterThan(200);
    expect(world.log.some((line) => line.includes('"level":50'))).toBe(true);
    expect(new Set(world.audit.map((line) => JSON.parse(line).outcome))).toEqual(new Set(['done', 'refused', 'replayed', 'failed']));
    expect(seen.length).toBeGreaterThan(300);
  });

  it('is in a log line, at any level, or in the audit trail', () => {
    for (const [name, secret] of secrets) {
      for (const line of [...world.log, ...world.audit]) {
        for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64').replace(/=+$/, '')])
          expect(line, name).not.toContain(form);
      }
    }
  });

  it('is in an error, on a page or in JSON', () => {
    const pages = seen.filter(({ status, text }) => status >= 400 || text.startsWith('<!doctype'));
    expect(pages.length).toBeGreaterThan(200);
    for (const [name, secret] of secrets) {
      // A form carries the token of its own page, which is what it is for.
      if (name.endsWith('csrf token')) continue;
      for (const { url, text } of pages) expect(text, `${name} at ${url}`).not.toContain(secret);
    }
  });

  it('is in a Location, but the code that goes to its client', () => {
    const locations = seen.flatMap(({ location }) => (location === null ? [] : [location]));
    expect(locations.length).toBeGreaterThan(20);
    for (const [name, secret] of secrets) {
      const where = locations.filter((location) => location.includes(secret));
      if (name.endsWith(': code')) expect(where.every((location) => location.startsWith('https://app.example/callback?code='))).toBe(true);
      else expect(where, name).toEqual([]);
    }
  });
});
