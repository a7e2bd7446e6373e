import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReadMetadata } from '../../src/application/ports/client-metadata-documents.js';
import type { Admitted } from '../../src/domain/clients/places.js';
import { OAuthCaller } from '../support/oauth.js';
import { pkce } from '../support/pkce.js';
import { type TestServer, testServer } from '../support/test-server.js';

const uri = 'https://app.example/oauth/client.json';
const { challenge } = pkce();
const s256 = { code_challenge: challenge, code_challenge_method: 'S256' };

describe('A client that describes itself (Client ID Metadata Document)', () => {
  let world: TestServer;
  let caller: OAuthCaller;
  let metadata: Record<string, unknown>;
  let reads: string[];
  let failure: Exclude<ReadMetadata, { outcome: 'read' }> | null;
  const app = { id: uri, secret: '' };

  const start = async (admitted: Admitted = ['app.example']) => {
    const read = async (address: string): Promise<ReadMetadata> => {
      reads.push(address);
      return failure ?? { outcome: 'read', metadata };
    };
    world = await testServer({ clientMetadata: { admitted, documents: { read } } });
    caller = new OAuthCaller(world);
  };

  beforeEach(async () => {
    reads = [];
    failure = null;
    metadata = { client_id: uri, client_name: 'Some app', redirect_uris: ['https://app.example/callback', 'http://localhost/callback'] };
    await start();
  });
  afterEach(() => world.close());

  const authorize = (parameters: Record<string, string> = {}) => caller.browser().open(caller.authorizationUrl(app, { ...s256, ...parameters }));
  const stored = () => world.storage.clients.find(uri);

  it('connects at the first try, without a registration, and refreshes', async () => {
    const tokens = await caller.tokens(app);
    expect((await caller.me(tokens.access_token)).body.sub).toBe(world.person?.id);
    const refreshed = await caller.token({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token, client_id: uri });
    expect(refreshed.status).toBe(200);
  });

  it('answers on any port of this device where it registered one without (RFC 8252 §7.3)', async () => {
    const tokens = await caller.tokens(app, { redirect_uri: 'http://localhost:49152/callback' });
    expect(tokens.refresh_token).toMatch(/^kw_rt_/);
  });

  it('is named by its address to whoever checks its tokens', async () => {
    const { access_token } = await caller.tokens(app);
    const api = await world.createClient({ redirectUris: [] });
    const { body } = await caller.post<Record<string, unknown>>('/oauth/introspect', { token: access_token, client_id: api.id, client_secret: api.secret });
    expect(body).toMatchObject({ active: true, client_id: uri });
  });

  it('is stored when somebody allows it, not before', async () => {
    await authorize();
    const browser = caller.browser();
    await browser.signIn(caller.authorizationUrl(app, s256));
    expect(await stored()).toBeNull();
    await caller.tokens(app);
    expect(await stored()).toMatchObject({ id: uri, name: 'Some app', type: 'public', ownerId: null, version: 1 });
    const told = world.audit.map((line) => JSON.parse(line)).filter(({ action }) => action === 'client.describe');
    expect(told).toEqual([expect.objectContaining({ client_id: uri, outcome: 'done', reason: 'added' })]);
  });

  it('is what its document says now: a redirect URI that was taken out is none any more', async () => {
    await caller.tokens(app);
    metadata = { ...metadata, client_name: 'Another name', redirect_uris: ['https://app.example/other'] };
    expect((await authorize()).text).toContain('redirect_uri is not registered');
    await caller.tokens(app, { redirect_uri: 'https://app.example/other', prompt: 'consent' });
    expect(await stored()).toMatchObject({ name: 'Another name', redirectUris: ['https://app.example/other'], version: 2 });
  });

  it('is allowed what the person was shown, also where its document says less at one step than at the others', async () => {
    metadata = { ...metadata, scope: 'default email' };
    const browser = caller.browser();
    const asked = await browser.signIn(caller.authorizationUrl(app, s256));
    metadata = { ...metadata, scope: 'default' };
    const shown = await browser.open(asked.text.match(/\/consent\/[^/"]+/)?.[0] ?? '');
    expect(shown.text).not.toContain('e-mail');
    metadata = { ...metadata, scope: 'default email' };
    const anew = await browser.submit(shown, /^\/consent\/[^/]+\/(?!switch)/, { decision: 'allow' });
    expect([anew.status, anew.text]).toEqual([200, expect.stringContaining('See your e-mail address')]);
    expect(await stored()).toBeNull();
  });

  it('keeps its tokens while its document cannot be read: no token request asks for it', async () => {
    const tokens = await caller.tokens(app);
    failure = { outcome: 'away', why: 'cannot be reached', detail: 'ECONNREFUSED' };
    reads = [];
    expect((await caller.token({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token, client_id: uri })).status).toBe(200);
    expect(reads).toEqual([]);
  });

  it('that pushes its request while its document is away is told to come again, and its operator to look (RFC 9126)', async () => {
    failure = { outcome: 'away', why: 'cannot be reached', detail: 'ECONNREFUSED' };
    const before = world.log.length;
    const { status, headers, body } = await caller.post<{ error: string }>('/oauth/par', { client_id: uri, response_type: 'code', ...s256 });
    expect([status, body.error, headers.get('retry-after')]).toEqual([503, 'temporarily_unavailable', '5']);
    expect(world.log.slice(before).map((line) => JSON.parse(line))).toContainEqual(expect.objectContaining({ level: 40, detail: `${uri}: ECONNREFUSED` }));
  });

  it('is told in the characters of RFC 6749 §5.2 what is wrong with its document', async () => {
    metadata = { ...metadata, token_endpoint_auth_method: 'client_secret_post' };
    const { status, body } = await caller.post<{ error: string; error_description: string }>('/oauth/par', { client_id: uri, response_type: 'code', ...s256 });
    expect([status, body.error, body.error_description]).toEqual([401, 'invalid_client', expect.stringMatching(/^[\x20\x21\x23-\x5b\x5d-\x7e]+$/)]);
  });

  it('is not asked about where it was disabled, and stays so when it is described anew', async () => {
    await caller.tokens(app);
    await world.storage.clients.setDisabled(uri, { at: world.clock.now(), by: 'house' });
    reads = [];
    const page = await authorize();
    expect([page.status, page.text]).toEqual([400, expect.stringContaining('disabled')]);
    expect(reads).toEqual([]);
  });

  it('that somebody allows in ten tabs at once is stored once, and each tab gets its code', async () => {
    const browser = caller.browser();
    await browser.signIn(caller.authorizationUrl(app, s256));
    const codes = await Promise.all(Array.from({ length: 10 }, () => caller.code(app, { prompt: 'consent' }, caller.browser())));
    expect(new Set(codes.map(({ code }) => code)).size).toBe(10);
    expect(await stored()).toMatchObject({ version: 1 });
  });

  describe('is told what is wrong, on a page, and nobody is sent anywhere:', () => {
    it.each<[string, () => void, string]>([
      [
        'its document cannot be read',
        () => {
          failure = { outcome: 'unfit', why: 'answers 404', detail: 'status 404' };
        },
        'answers 404',
      ],
      [
        'its document is about another',
        () => {
          metadata = { ...metadata, client_id: `${uri}?x` };
        },
        'another client_id',
      ],
      [
        'its redirect URIs cannot be used',
        () => {
          metadata = { ...metadata, redirect_uris: ['javascript:alert(1)'] };
        },
        'redirect URI',
      ],
      [
        'it must have a secret',
        () => {
          metadata = { ...metadata, token_endpoint_auth_method: 'client_secret_post' };
        },
        'authenticate',
      ],
    ])('%s', async (_, spoil, words) => {
      spoil();
      const page = await authorize();
      expect([page.status, page.text]).toEqual([400, expect.stringContaining(words)]);
      expect(await stored()).toBeNull();
    });

    it('it sends no challenge, to its redirect URI', async () => {
      const page = await caller.browser().open(caller.authorizationUrl(app));
      expect(page.url.searchParams.get('error')).toBe('invalid_request');
    });
  });

  it.each(['https://evil.example/client.json', 'http://app.example/oauth/client.json', 'https://app.example/a/../oauth/client.json', 'https://app.example'])(
    'is not read at %s',
    async (id) => {
      const page = await caller.browser().open(caller.authorizationUrl({ id }, s256));
      expect([page.status, reads]).toEqual([400, []]);
    },
  );

  it('that is not let in is told so, with whom to ask, and the log says by which setting', async () => {
    const page = await caller.browser().open(caller.authorizationUrl({ ...app, id: 'https://evil.example/client.json' }, s256));
    expect([page.status, page.text]).toEqual([400, expect.stringMatching(/This app is not let in here.*evil\.example.*those who run this server/s)]);
    expect(world.log.join('')).toContain('CLIENT_METADATA_DOCUMENTS does not name https://evil.example/client.json');
  });

  it('that cannot be reached is told to come back, at each step, and those who run this server are told why', async () => {
    const browser = caller.browser();
    const asked = await browser.signIn(caller.authorizationUrl(app, s256));
    failure = { outcome: 'away', why: 'cannot be reached', detail: 'ENOTFOUND' };
    const allowed = await browser.submit(asked, /^\/consent\/[^/]+\/(?!switch)/, { decision: 'allow' });
    for (const page of [await authorize(), allowed])
      expect([page.status, page.text]).toEqual([503, expect.stringMatching(/cannot be checked now.*cannot be reached.*reload this page/s)]);
    const told = world.log.map((line) => JSON.parse(line)).filter(({ detail }) => detail === `${uri}: ENOTFOUND`);
    expect(told.map(({ level }) => level)).toEqual([40, 40]);
    failure = null;
    expect((await browser.submit(asked, /^\/consent\/[^/]+\/(?!switch)/, { decision: 'allow' })).url.searchParams.get('code')).toMatch(/^kw_ac_/);
  });

  it('is nobody at the token endpoint before it was allowed', async () => {
    const { status, body } = await caller.token({ grant_type: 'refresh_token', refresh_token: 'kw_rt_x', client_id: uri });
    expect([status, body.error, reads]).toEqual([401, 'invalid_client', []]);
  });

  it('costs a stranger one of their authorization requests, also where nothing comes of it', async () => {
    failure = { outcome: 'unfit', why: 'answers 404', detail: 'status 404' };
    for (let asked = 0; asked < 300; asked++) await authorize();
    expect((await authorize()).status).toBe(429);
    expect(reads).toHaveLength(300);
  });

  it('is announced where it may (§5), and not where none may', async () => {
    const announced = async () =>
      (await (await caller.send(`${world.issuer}/.well-known/oauth-authorization-server`)).json()).client_id_metadata_document_supported;
    expect(await announced()).toBe(true);
    await world.close();
    world = await testServer({ env: { CLIENT_METADATA_DOCUMENTS: 'none' } });
    caller = new OAuthCaller(world);
    expect(await announced()).toBe(false);
    expect((await authorize()).text).toContain('not let in');
  });

  it('connects nobody any more where none may, also one that was stored', async () => {
    await caller.tokens(app);
    const stored = await world.storage.clients.find(uri);
    await world.close();
    world = await testServer({ env: { CLIENT_METADATA_DOCUMENTS: 'none' } });
    caller = new OAuthCaller(world);
    if (stored) await world.storage.clients.add(stored);
    expect((await authorize()).text).toContain('not let in');
  });

  it('may be anybody where that is wished', async () => {
    await world.close();
    await start('any');
    expect((await authorize()).status).toBe(200);
  });
});
