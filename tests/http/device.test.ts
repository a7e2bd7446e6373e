import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { EditClient } from '../../src/application/clients/edit-client.js';
import { CreateUser } from '../../src/application/people/create-user.js';
import { StorageUnavailable } from '../../src/application/ports/storage-unavailable.js';
import { newUserCode, readableUserCode, userCodeIn } from '../../src/domain/authorization/device-request.js';
import { deviceCodeGrant } from '../../src/domain/clients/client.js';
import { parseToken, tokenOf } from '../../src/domain/tokens/opaque-token.js';
import { type Browser, formOf, type Page } from '../support/browser.js';
import { basic, credentialsOf, OAuthCaller } from '../support/oauth.js';
import { type TestClient, type TestServer, testPerson, testServer } from '../support/test-server.js';
import { testStorage } from '../support/test-storage.js';

let world: TestServer;
let caller: OAuthCaller;
let television: TestClient;

const deviceGrants = [deviceCodeGrant, 'refresh_token'] as const;
const grace = { email: 'grace@example.com', password: 'another fine passphrase' };

beforeAll(async () => {
  world = await testServer();
  caller = new OAuthCaller(world);
  television = await world.createClient({ name: 'Television', type: 'public', grantTypes: deviceGrants });
  await world.container.resolve(CreateUser).execute({ actor: 'operator', ...grace });
});
afterAll(() => world.close());

interface Shown {
  readonly device_code: string;
  readonly user_code: string;
  readonly verification_uri: string;
  readonly verification_uri_complete: string;
  readonly expires_in: number;
  readonly interval: number;
  readonly error: string;
  readonly error_description: string;
}
type Fields = Record<string, string>;

const begin = (changes: Fields = {}, client: Pick<TestClient, 'id' | 'secret'> = television, from = caller) =>
  from.post<Shown>('/oauth/device_authorization', { ...credentialsOf(client), scope: 'default email', ...changes });
const ask = (deviceCode: string, client: Pick<TestClient, 'id' | 'secret'> = television, from = caller) =>
  from.token({ grant_type: deviceCodeGrant, device_code: deviceCode, ...credentialsOf(client) });
const type = async (browser: Browser, userCode: string) => browser.submit(await browser.open('/device'), /^\/device$/, { user_code: userCode });
const decide = (browser: Browser, page: Page, decision: 'allow' | 'deny') => browser.submit(page, /^\/consent\/[^/]+\/(?!switch)/, { decision });
const signIn = (browser: Browser, page: Page, person = testPerson) => browser.submit(page, /^\/sign-in/, { ...person });

/** A person who is not signed in anywhere types the code and decides. */
async function answer(userCode: string, decision: 'allow' | 'deny', browser = caller.browser()): Promise<Page> {
  const page = await type(browser, userCode);
  return decide(browser, page.url.pathname === '/sign-in' ? await signIn(browser, page) : page, decision);
}

describe('A device that asks for a code (RFC 8628 §3.1)', () => {
  it('is told what to show, what to ask with, how often and how long (§3.2)', async () => {
    const { status, headers, body } = await begin();
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(body).toEqual({
      device_code: expect.stringMatching(/^kw_dc_/),
      user_code: expect.stringMatching(/^[A-Z]{4}-[A-Z]{4}$/),
      verification_uri: `${world.issuer}/device`,
      verification_uri_complete: `${world.issuer}/device?user_code=${body.user_code}`,
      expires_in: 600,
      interval: 5,
    });
  });

  it('is sent where the metadata says (§4)', async () => {
    const metadata = (await world.server.inject('/.well-known/oauth-authorization-server')).json();
    expect(metadata).toMatchObject({ device_authorization_endpoint: `${world.issuer}/oauth/device_authorization` });
    expect(metadata.grant_types_supported).toContain(deviceCodeGrant);
  });

  const refusals: [string, () => ReturnType<typeof begin>, number, string, RegExp][] = [
    ['without a client', () => caller.post('/oauth/device_authorization', {}), 401, 'invalid_client', /./],
    ['of a client that nobody knows', () => begin({ client_id: 'nobody' }), 401, 'invalid_client', /authentication failed/],
    ['with a secret where there is none', () => begin({ client_secret: 'wrong' }), 401, 'invalid_client', /./],
    ['with a scope that the client may not have', () => begin({ scope: 'admin' }), 400, 'invalid_scope', /admin/],
    ['with a resource that is none', () => begin({ resource: 'nonsense' }), 400, 'invalid_target', /resource/],
    [
      'of a client that may not use the grant',
      async () => begin({}, await world.createClient({ type: 'public', redirectUris: [caller.callback] })),
      400,
      'unauthorized_client',
      /device_code/,
    ],
    [
      'of a parameter sent twice',
      () =>
        caller.post<Shown>('/oauth/device_authorization', [
          ['client_id', television.id],
          ['scope', 'email'],
          ['scope', 'default'],
        ]),
      400,
      'invalid_request',
      /scope/,
    ],
  ];
  it.each(refusals)('is refused %s', async (_why, send, status, error, description) => {
    const { status: is, body } = await send();
    expect([is, body.error]).toEqual([status, error]);
    expect(body.error_description).toMatch(description);
    expect(body.device_code).toBeUndefined();
  });

  it('is let through with a secret where the client has one, and not without', async () => {
    const printer = await world.createClient({ name: 'Printer', grantTypes: deviceGrants });
    const { body } = await caller.post<Shown>('/oauth/device_authorization', {}, basic(printer.id, printer.secret));
    await answer(body.user_code, 'allow');
    expect((await ask(body.device_code, { id: printer.id, secret: '' })).body.error).toBe('invalid_client');
    expect((await ask(body.device_code, printer)).status).toBe(200);
  });

  it('is refused from one address after 300 within ten minutes where the client has no secret, and not where it has', async () => {
    const other = await testServer();
    try {
      const from = new OAuthCaller(other);
      const [open, closed] = [await other.createClient({ type: 'public', grantTypes: deviceGrants }), await other.createClient({ grantTypes: deviceGrants })];
      let codes = 0;
      while (codes < 301 && (await begin({}, open, from)).status === 200) codes += 1;
      expect(codes).toBe(300);
      const { status, headers, body } = await begin({}, open, from);
      expect([status, body.error, Number(headers.get('retry-after')) > 0]).toEqual([429, 'temporarily_unavailable', true]);
      expect((await begin({}, closed, from)).status).toBe(200);
    } finally {
      await other.close();
    }
  });
});

describe('A person who types the code', () => {
  it('signs in, sees who asks and the code once more, allows, and the device has its tokens', async () => {
    const { body } = await begin();
    const browser = caller.browser();
    const asked = await signIn(browser, await type(browser, body.user_code.toLowerCase().replace('-', ' ')));
    for (const part of ['Television', body.user_code, 'See your e-mail address', testPerson.email]) expect(asked.text).toContain(part);
    expect((await ask(body.device_code)).body.error).toBe('authorization_pending');
    const end = await decide(browser, asked, 'allow');
    expect([end.status, end.text]).toEqual([200, expect.stringContaining('Your device is connected')]);
    const { status, headers, body: tokens } = await ask(body.device_code);
    expect([status, headers.get('cache-control'), tokens.token_type, tokens.scope]).toEqual([200, 'no-store', 'Bearer', 'default email']);
    expect((await caller.me(tokens.access_token)).body.email).toBe(testPerson.email);
    const refreshed = await caller.token({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token, ...credentialsOf(television) });
    expect(refreshed.status).toBe(200);
  });

  it('finds the code filled in where the device’s own link led them, and still says that it is theirs (§3.3.1)', async () => {
    const { body } = await begin();
    const browser = caller.browser();
    const page = await browser.open(body.verification_uri_complete);
    expect(page.text).toContain(`value="${body.user_code}"`);
    const next = await browser.submit(page, /^\/device$/);
    expect(next.url.pathname).toBe('/sign-in');
    expect((await ask(body.device_code)).body.error).toBe('authorization_pending');
  });

  it('says no, and the device is told', async () => {
    const { body } = await begin();
    expect((await answer(body.user_code, 'deny')).text).toContain('You said no');
    const { status, body: told } = await ask(body.device_code);
    expect([status, told.error]).toEqual([400, 'access_denied']);
  });

  it('is asked each time, though they allowed the same before, and though nobody is asked for this client elsewhere (§5.4)', async () => {
    const silent = await world.createClient({
      name: 'Own',
      type: 'public',
      grantTypes: [...deviceGrants, 'authorization_code'],
      redirectUris: [caller.callback],
      consent: 'skip',
    });
    const browser = caller.browser();
    await browser.signIn();
    const remembered = () => world.storage.consents.find(world.person?.id ?? '', television.id);
    expect(await remembered()).toBeNull();
    for (const client of [television, television, silent]) {
      const { body } = await begin({}, client);
      expect((await type(browser, body.user_code)).url.pathname).toMatch(/^\/device$|^\/consent\//);
      expect((await ask(body.device_code, client)).body.error).toBe('authorization_pending');
      expect((await answer(body.user_code, 'allow', browser)).text).toContain('Your device is connected');
      expect((await ask(body.device_code, client)).status).toBe(200);
    }
    expect(await remembered()).toBeNull();
  });

  it('is told that it is too late where the client may no longer have devices connect', async () => {
    const client = await world.createClient({
      name: 'Radio',
      type: 'public',
      grantTypes: [...deviceGrants, 'authorization_code'],
      redirectUris: [caller.callback],
    });
    const { body } = await begin({}, client);
    const browser = caller.browser();
    const page = await signIn(browser, await type(browser, body.user_code));
    const grantTypes = ['authorization_code', 'refresh_token'] as const;
    await world.container.resolve(EditClient).execute({ actor: 'operator', clientId: client.id, changes: { grantTypes } });
    await vi.waitFor(async () => expect((await decide(browser, page, 'allow')).text).toContain('This page is too old'));
  });

  it('clicks twice: the same answer, and one grant', async () => {
    const { body } = await begin();
    const browser = caller.browser();
    const page = await signIn(browser, await type(browser, body.user_code));
    const ends = await Promise.all([decide(browser, page, 'allow'), decide(browser, page, 'allow'), decide(browser, page, 'allow')]);
    for (const end of ends) expect(end.text).toMatch(/Your device is connected|You have already answered/);
    expect((await ask(body.device_code)).status).toBe(200);
  });

  it('switches to another account on the way, and the device acts for that one', async () => {
    const { body } = await begin();
    const browser = caller.browser();
    const page = await signIn(browser, await type(browser, body.user_code));
    const signInPage = await browser.submit(page, /switch-account$/);
    await decide(browser, await signIn(browser, signInPage, grace), 'allow');
    const { body: tokens } = await ask(body.device_code);
    expect((await caller.me(tokens.access_token)).body.email).toBe(grace.email);
  });

  it.each([
    ['nothing', '', 'eight letters'],
    ['too little', 'BCDF', 'eight letters'],
    ['something else', '<script>alert(1)</script>', 'eight letters'],
  ])('is told what a code looks like who types %s', async (_what, typed, says) => {
    const page = await type(caller.browser(), typed);
    expect([page.status, page.url.pathname]).toEqual([422, '/device']);
    expect(page.text).toContain(says);
    expect(page.text).not.toContain('<script>');
  });

  it('is told that no device waits: with a code that was never shown, that is too old, or whose client is gone', async () => {
    const unknown = newUserCode();
    expect(await type(caller.browser(), unknown)).toMatchObject({ status: 422, text: expect.stringContaining('No device is waiting') });
    const { body } = await begin();
    world.clock.pass(601);
    expect(await type(caller.browser(), body.user_code)).toMatchObject({ status: 422, text: expect.stringContaining('No device is waiting') });
    expect((await ask(body.device_code)).body.error).toBe('expired_token');
  });

  it('cannot be made to post it from elsewhere', async () => {
    const { body } = await begin();
    const page = await caller.browser().post('/device', { user_code: body.user_code });
    expect(page.status).toBe(403);
  });

  it('may try 30 codes that nobody shows in ten minutes, from wherever they sit; right ones are not counted', async () => {
    const other = await testServer();
    try {
      const from = new OAuthCaller(other);
      const device = await other.createClient({ type: 'public', grantTypes: deviceGrants });
      const browser = from.browser();
      const form = await browser.open('/device');
      const right = async () => browser.submit(form, /^\/device$/, { user_code: (await begin({}, device, from)).body.user_code });
      for (let tries = 0; tries < 29; tries += 1) {
        expect((await browser.submit(form, /^\/device$/, { user_code: newUserCode() })).status).toBe(422);
        if (tries % 7 === 0) expect((await right()).url.pathname).toBe('/sign-in');
      }
      expect((await browser.submit(form, /^\/device$/, { user_code: newUserCode() })).status).toBe(422);
      expect((await browser.submit(form, /^\/device$/, { user_code: newUserCode() })).status).toBe(429);
      expect((await right()).status).toBe(429);
    } finally {
      await other.close();
    }
  });
});

describe('A device that asks whether somebody has decided (§3.4, §3.5)', () => {
  it('may ask every five seconds, and is told to slow down when it asks more often', async () => {
    const { body } = await begin();
    const asks = async (after: number) => {
      world.clock.pass(after);
      return (await ask(body.device_code)).body.error;
    };
    expect([await asks(0), await asks(5), await asks(5), await asks(1), await asks(5), await asks(3)]).toEqual([
      'authorization_pending',
      'authorization_pending',
      'authorization_pending',
      'slow_down',
      'authorization_pending',
      'slow_down',
    ]);
    await answer(body.user_code, 'allow');
    expect((await ask(body.device_code)).status).toBe(200);
  });

  it('gets its tokens once; asked again, as by a thief, everything that came of it ends', async () => {
    const { body } = await begin();
    await answer(body.user_code, 'allow');
    const { body: tokens } = await ask(body.device_code);
    const again = await ask(body.device_code);
    expect([again.status, again.body.error]).toEqual([400, 'invalid_grant']);
    expect((await caller.me(tokens.access_token)).status).toBe(401);
  });

  it('twenty times at once: one has the tokens', async () => {
    const { body } = await begin();
    await answer(body.user_code, 'allow');
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(body.device_code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body: { error } }) => error === 'invalid_grant')).toHaveLength(19);
  });

  it('is refused with what is no code of its own', async () => {
    const { body } = await begin();
    await answer(body.user_code, 'allow');
    const other = await world.createClient({ name: 'Other', type: 'public', grantTypes: deviceGrants });
    const without = await world.createClient({ type: 'public', redirectUris: [caller.callback] });
    const altered = `${body.device_code.slice(0, 40)}AAAA${body.device_code.slice(44)}`;
    const asAnotherKind = body.device_code.replace('kw_dc_', 'kw_ac_');
    const results = [
      await ask(body.device_code, other),
      await ask(body.device_code, without),
      await ask(altered),
      await ask(body.user_code),
      await ask(asAnotherKind),
      await caller.token({ grant_type: deviceCodeGrant, ...credentialsOf(television) }),
      await caller.token({ ...caller.codeForm({ code: body.device_code, verifier: 'v'.repeat(43) }), ...credentialsOf(without) }),
    ];
    expect(results.map(({ status, body: { error } }) => `${status} ${error}`)).toEqual([
      '400 invalid_grant',
      '400 unauthorized_client',
      '400 invalid_grant',
      '400 invalid_grant',
      '400 invalid_grant',
      '400 invalid_request',
      '400 invalid_grant',
    ]);
    expect((await ask(body.device_code)).status).toBe(200);
  });

  it('gets what was asked for at first, and no more: another resource is refused (RFC 8707 §2.2)', async () => {
    const { body } = await begin({ scope: 'email', resource: 'https://one.example/' });
    await answer(body.user_code, 'allow');
    const form = { grant_type: deviceCodeGrant, device_code: body.device_code, resource: 'https://other.example/', ...credentialsOf(television) };
    expect((await caller.token(form)).body.error).toBe('invalid_target');
    expect((await ask(body.device_code)).body.scope).toBe('email');
  });

  it('gets nothing where what the person allowed has been ended before it asked', async () => {
    const { body } = await begin();
    await answer(body.user_code, 'allow');
    const request = await world.storage.authorizationRequests.find(parseToken(body.device_code)?.id ?? '');
    const grantId = request?.decision?.kind === 'allowed' ? request.decision.grantId : '';
    expect(await world.storage.grants.revoke(grantId, 'revoked_by_person', world.clock.now())).toBe(true);
    expect((await ask(body.device_code)).body.error).toBe('invalid_grant');
  });
});

describe('Nobody decides for a device but who typed its code in that browser (§5.4)', () => {
  const idOf = (deviceCode: string) => parseToken(deviceCode)?.id ?? '';

  it('neither by the address of the page that asks, nor by posting what it would post', async () => {
    const { body } = await begin();
    const eve = caller.browser();
    await eve.signIn('/sign-in', grace);
    const shown = await eve.open(`/consent/${idOf(body.device_code)}`);
    expect([shown.url.pathname, shown.text.includes(body.user_code)]).toEqual(['/device', false]);
    const { id: userId = '' } = (await world.storage.users.findByEmail(grace.email)) ?? {};
    const csrf = formOf(shown, /^\/device$/).fields;
    const posted = await eve.post(`/consent/${idOf(body.device_code)}/${userId}`, { ...csrf, decision: 'allow' });
    expect(posted.url.pathname).toBe('/device');
    expect((await ask(body.device_code)).body.error).toBe('authorization_pending');
  });

  it('nor with the code of another device, nor as a request that was pushed', async () => {
    const [{ body }, { body: other }] = [await begin(), await begin()];
    const browser = caller.browser();
    await signIn(browser, await type(browser, other.user_code));
    expect((await browser.open(`/consent/${idOf(body.device_code)}`)).url.pathname).toBe('/device');
    const name = `urn:ietf:params:oauth:request_uri:${idOf(body.device_code)}`;
    const pushed = await browser.open(`/oauth/authorize?${new URLSearchParams({ client_id: television.id, request_uri: name })}`);
    expect(pushed.status).toBe(400);
  });

  it('and who comes second is told that somebody else has answered', async () => {
    const { body } = await begin();
    const bob = caller.browser();
    const page = await signIn(bob, await type(bob, body.user_code), grace);
    await answer(body.user_code, 'allow');
    for (const end of [await decide(bob, page, 'allow'), await decide(bob, page, 'deny'), await type(bob, body.user_code)]) {
      expect(end.text).toContain('Somebody has answered for this device');
    }
    expect((await caller.me((await ask(body.device_code)).body.access_token)).body.email).toBe(testPerson.email);
  });

  it('a device code is no authorization code, however it is spelled: what binds one of those does not bind it', async () => {
    const both = await world.createClient({
      name: 'Both',
      type: 'public',
      grantTypes: [...deviceGrants, 'authorization_code'],
      redirectUris: [caller.callback],
    });
    const { body } = await begin({}, both);
    await answer(body.user_code, 'allow');
    const { token: code } = tokenOf('ac', Buffer.from(body.device_code.slice(6), 'base64url').subarray(0, 48));
    for (const more of [{}, { redirect_uri: caller.callback }, { redirect_uri: deviceCodeGrant }]) {
      expect((await caller.token({ grant_type: 'authorization_code', code, ...more, ...credentialsOf(both) })).body.error).toBe('invalid_grant');
    }
    expect((await ask(body.device_code, both)).status).toBe(200);
  });

  it('who allows in the last moment has connected it, though it asks a little later', async () => {
    const { body } = await begin();
    const browser = caller.browser();
    const page = await signIn(browser, await type(browser, body.user_code));
    world.clock.pass(599);
    await decide(browser, page, 'allow');
    world.clock.pass(5);
    expect((await ask(body.device_code)).status).toBe(200);
  });

  it('a request of a browser is none of a device, whatever its code challenge is', async () => {
    const client = await world.createClient({
      name: 'Both',
      type: 'public',
      grantTypes: [...deviceGrants, 'authorization_code'],
      redirectUris: [caller.callback],
    });
    const secret = randomBytes(32);
    const parameters = { code_challenge: createHash('sha256').update(secret).digest('base64url'), code_challenge_method: 'S256' };
    const page = await caller.browser().signIn(caller.authorizationUrl(client, parameters));
    const id = Buffer.from((page.url.pathname.split('/')[2] ?? '').replaceAll('-', ''), 'hex');
    const forged = tokenOf('dc', Buffer.concat([id, secret]));
    expect(await world.storage.authorizationRequests.find(forged.id)).toMatchObject({ clientId: client.id });
    expect((await ask(forged.token, client)).body.error).toBe('invalid_grant');
  });

  it('who allowed has connected it, though the server was stopped before it had kept the code', async () => {
    const { body } = await begin();
    const browser = caller.browser();
    const page = await signIn(browser, await type(browser, body.user_code));
    const add = vi.spyOn(world.storage.authorizationCodes, 'add').mockRejectedValueOnce(new StorageUnavailable(new Error('away')));
    expect((await decide(browser, page, 'allow')).status).toBe(503);
    add.mockRestore();
    expect((await ask(body.device_code)).status).toBe(200);
  });

  it('a no is in the audit trail', async () => {
    const { body } = await begin();
    const before = world.audit.length;
    await answer(body.user_code, 'deny');
    expect(world.audit.slice(before).filter((line) => line.includes('"grant.deny"'))).toHaveLength(1);
  });
});

describe('Of a code that a device shows', () => {
  it('nothing is kept or logged in clear, and nothing of its device code', async () => {
    const { body } = await begin();
    await answer(body.user_code, 'allow');
    await ask(body.device_code);
    const secret = body.device_code.slice(6 + 22, -6);
    const userCode = userCodeIn(body.user_code) as string;
    const kept = JSON.stringify([world.log, world.audit]);
    for (const text of [secret, userCode, readableUserCode(userCode), body.device_code]) expect(kept).not.toContain(text);
  });

  it('the audit trail tells who got tokens and why, and nothing of those who wait', async () => {
    const { body } = await begin();
    const before = world.audit.length;
    await ask(body.device_code);
    expect(world.audit.slice(before)).toEqual([]);
    await answer(body.user_code, 'allow');
    await ask(body.device_code);
    const told = world.audit.slice(before).map((line) => JSON.parse(line) as Record<string, string>);
    expect(told.map(({ action }) => action)).toEqual(expect.arrayContaining(['grant.give', 'token.issue']));
    expect(told.at(-1)).toMatchObject({ action: 'token.issue', grant_type: deviceCodeGrant, client_id: television.id });
  });

  it('another instance finds the request, also one whose SECRET_KEY was changed meanwhile', async () => {
    const own = await testStorage();
    const [old, next] = ['the key of before, of 32 characters', 'the key that follows, of 32 characters'];
    const before = await testServer({ storage: own.storage, secretKeys: [old] });
    const after = await testServer({ storage: own.storage, secretKeys: [next, old] });
    try {
      const [here, there] = [new OAuthCaller(before), new OAuthCaller(after)];
      await before.container.resolve(CreateUser).execute({ actor: 'operator', ...testPerson });
      const device = await before.createClient({ type: 'public', grantTypes: deviceGrants });
      const { body } = await begin({}, device, here);
      const browser = there.browser();
      const page = await signIn(browser, await type(browser, body.user_code));
      expect(page.text).toContain(body.user_code);
      await decide(browser, page, 'allow');
      expect((await ask(body.device_code, device, here)).status).toBe(200);
    } finally {
      await before.close();
      await after.close();
      await own.close();
    }
  });
});
