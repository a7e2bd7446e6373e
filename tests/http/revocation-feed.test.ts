import { get as httpGet } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RemoveSecret } from '../../src/application/clients/remove-secret.js';
import { RevokeClientTokens } from '../../src/application/clients/revoke-client-tokens.js';
import { SetClientDisabled } from '../../src/application/clients/set-client-disabled.js';
import { DisableUser } from '../../src/application/people/disable-user.js';
import { AddResourceServerSecret } from '../../src/application/resources/add-resource-server-secret.js';
import { RegisterResourceServer } from '../../src/application/resources/register-resource-server.js';
import { RemoveResourceServer } from '../../src/application/resources/remove-resource-server.js';
import { RemoveResourceServerSecret } from '../../src/application/resources/remove-resource-server-secret.js';
import { RevocationCursors } from '../../src/application/revocations/revocation-cursors.js';
import { WatchCredentials } from '../../src/application/revocations/watch-credentials.js';
import { AuthenticateClient } from '../../src/application/tokens/authenticate-client.js';
import { deferred } from '../support/deferred.js';
import { EventReader } from '../support/event-reader.js';
import { basic, credentialsOf, OAuthCaller } from '../support/oauth.js';
import { listeningServer, type TestClient, type TestServer } from '../support/test-server.js';

interface Polled {
  readonly entries: Record<string, unknown>[];
  readonly cursor: string;
  readonly more: boolean;
  readonly reset: boolean;
}

let world: TestServer;
let caller: OAuthCaller;
let app: TestClient;
let api: TestClient;
const path = '/oauth/revocations';

beforeEach(async () => {
  world = await listeningServer();
  caller = new OAuthCaller(world);
  app = await world.createClient({ redirectUris: [caller.callback], grantTypes: ['authorization_code', 'refresh_token', 'client_credentials'] });
  api = await world.createClient({ grantTypes: ['client_credentials'] });
});
afterEach(() => world.close());

const get = (query = '', headers: Record<string, string> = basic(api.id, api.secret)) => fetch(`${world.issuer}${path}${query}`, { headers });
const poll = async (query = ''): Promise<Polled> => (await (await get(query)).json()) as Polled;
const open = (headers: Record<string, string> = {}) => EventReader.open(`${world.issuer}${path}`, { ...basic(api.id, api.secret), ...headers });
const revoke = (token: string) => caller.post('/oauth/revoke', { token, ...credentialsOf(app) });
const machineToken = async () => (await caller.token({ grant_type: 'client_credentials', ...credentialsOf(app) })).body.access_token;
const introspected = async (token: string) => (await caller.post<Record<string, string>>('/oauth/introspect', { token, ...credentialsOf(api) })).body;

describe('Polling', () => {
  it('begins now, and tells each entry once, by the names that introspection gives a token and its grant', async () => {
    const tokens = await caller.tokens(app);
    const { jti, grant_id } = await introspected(tokens.access_token);
    const start = await poll();
    expect(start).toMatchObject({ entries: [], more: false, reset: false });
    await revoke(tokens.access_token);
    await revoke(tokens.refresh_token);
    const news = await poll(`?wait=5&cursor=${start.cursor}`);
    const rest = news.entries.length < 2 ? await poll(`?wait=5&cursor=${news.cursor}`) : { ...news, entries: [] };
    expect([...news.entries, ...rest.entries]).toEqual([
      { jti, at: expect.any(Number), until: expect.any(Number) },
      { grant_id, at: expect.any(Number), until: expect.any(Number) },
    ]);
    expect(await poll(`?cursor=${rest.cursor}`)).toMatchObject({ entries: [], reset: false });
    expect(JSON.stringify(news)).not.toContain('kw_at_');
  });

  it('waits for news, answers as soon as there is some, and without any when the time is over', async () => {
    const token = await machineToken();
    const { cursor } = await poll();
    const waiting = poll(`?wait=30&cursor=${cursor}`);
    await revoke(token);
    expect((await waiting).entries).toHaveLength(1);
    expect((await poll(`?wait=1&cursor=${(await waiting).cursor}`)).entries).toEqual([]);
  });

  it('pages, and says that there is more', async () => {
    const { cursor } = await poll();
    for (let count = 0; count < 5; count += 1) await revoke(await machineToken());
    const told: unknown[] = [];
    for (let [place, more] = [cursor, true]; more; ) {
      // A revocation may be a moment away from this instance's own reader.
      const page = await poll(`?limit=2&wait=3&cursor=${place}`);
      told.push(...page.entries.map(({ jti }) => jti));
      ({ cursor: place, more } = page.entries.length > 0 ? { ...page, more: true } : page);
    }
    expect(new Set(told).size).toBe(5);
  });

  it('names what a client obtained for itself by the client as its own subject, and until when it was issued', async () => {
    await machineToken();
    const { cursor } = await poll();
    const { ownTokensRevokedAt } = await world.container.resolve(RevokeClientTokens).execute({ actor: 'operator', clientId: app.id });
    const at = ownTokensRevokedAt.getTime() / 1000;
    const { entries } = await poll(`?wait=5&cursor=${cursor}`);
    expect(entries).toEqual([{ client_id: app.id, sub: app.id, at, before: at, until: expect.any(Number) }]);
  });

  it('says what became of a client and of a person, and when they are restored; reasons are not for every client (RFC 7662 §2.2)', async () => {
    const tokens = await caller.tokens(app);
    const { sub } = await introspected(tokens.access_token);
    const { cursor } = await poll();
    const setDisabled = world.container.resolve(SetClientDisabled);
    await setDisabled.execute({ actor: 'operator', clientId: app.id, disabled: true });
    await setDisabled.execute({ actor: 'operator', clientId: app.id, disabled: false });
    await world.container.resolve(DisableUser).execute({ actor: 'operator', user: { id: sub as string } });
    await vi.waitFor(async () => {
      const { entries } = await poll(`?cursor=${cursor}`);
      expect(entries.filter((entry) => entry.client_id === app.id).map(({ restored }) => restored)).toEqual([undefined, true]);
      expect(entries.some((entry) => entry.sub === sub && !('before' in entry))).toBe(true);
      expect(entries.every((entry) => !('reason' in entry))).toBe(true);
    }, 5000);
  });
});

describe('Events', () => {
  it('begin with where they begin, carry what is revoked, and go on from the last id', async () => {
    const reader = await open();
    const [start] = await reader.all('start', 1);
    expect(reader.response.headers).toMatchObject({ 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    expect(start?.id).toBeTruthy();
    await revoke(await machineToken());
    await reader.all('revoked', 1);
    reader.close();
    await revoke(await machineToken());
    const back = await open({ 'last-event-id': reader.lastId ?? '' });
    await back.all('revoked', 1);
    await back.all('current', 1);
    expect(back.events.map(({ event }) => event).sort()).toEqual(['current', 'revoked', 'start']);
    expect(back.events[0]?.event).toBe('start');
    back.close();
  });

  it('end when the server stops, at once, and so do polls that wait', async () => {
    const asked = vi.spyOn(world.storage.clients, 'find');
    const waiting = poll('?wait=30');
    await vi.waitFor(() => expect(asked).toHaveBeenCalled());
    const readers = await Promise.all(Array.from({ length: 10 }, () => open()));
    await Promise.all(readers.map((reader) => reader.all('start', 1)));
    const started = performance.now();
    await world.server.close();
    await vi.waitFor(() => expect(readers.every((reader) => reader.ended)).toBe(true));
    expect((await waiting).entries).toEqual([]);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('show that the line is alive when there is nothing to tell', async () => {
    const reader = await open();
    await vi.waitFor(() => expect(reader.comments.length).toBeGreaterThan(0), 10_000);
    reader.close();
  });

  it('carry the reason for a resource server, and for no client (RFC 7662 §2.2)', async () => {
    const { server, secret } = await world.container
      .resolve(RegisterResourceServer)
      .execute({ actor: 'operator', identifier: 'https://invoices.example', settings: { name: 'Invoices' } });
    const readers = [await open(basic(server.id, secret)), await open()] as const;
    await Promise.all(readers.map((reader) => reader.all('current', 1)));
    await revoke(await machineToken());
    const [ofServer, ofClient] = await Promise.all(readers.map(async (reader) => (await reader.all('revoked', 1))[0]?.data));
    expect(ofServer).toEqual({ ...ofClient, reason: 'revoked_by_client' });
    for (const reader of readers) reader.close();
  });

  it('end within a second for a resource server whose secret, or which itself, was removed; another secret goes on', async () => {
    const asked = { actor: 'operator', identifier: 'https://bills.example', settings: { name: 'Bills' } } as const;
    const { server, secret } = await world.container.resolve(RegisterResourceServer).execute(asked);
    const other = await world.container.resolve(AddResourceServerSecret).execute({ actor: 'operator', id: server.id });
    const [first, second] = [await open(basic(server.id, secret)), await open(basic(server.id, other.plain))];
    await Promise.all([first, second].map((reader) => reader.all('current', 1)));
    await world.container.resolve(RemoveResourceServerSecret).execute({ actor: 'operator', id: server.id, secretId: server.secrets[0]?.id ?? '' });
    await vi.waitFor(() => expect(first.ended).toBe(true), 1000);
    await revoke(await machineToken());
    await second.all('revoked', 1);
    await world.container.resolve(RemoveResourceServer).execute({ actor: 'operator', id: server.id });
    await vi.waitFor(() => expect(second.ended).toBe(true), 1000);
    expect((await open(basic(server.id, other.plain))).response.statusCode).toBe(401);
  });

  it('end within a second for a client whose secret was removed', async () => {
    const reader = await open();
    await reader.all('current', 1);
    await world.container.resolve(RemoveSecret).execute({ actor: 'operator', clientId: api.id, secretId: api.client.secrets[0]?.id ?? '' });
    await vi.waitFor(() => expect(reader.ended).toBe(true), 1000);
  });

  it('end for a client that is disabled', async () => {
    const reader = await open();
    await reader.all('start', 1);
    await world.container.resolve(SetClientDisabled).execute({ actor: 'operator', clientId: api.id, disabled: true });
    await vi.waitFor(() => expect(reader.ended).toBe(true), 5000);
    expect(reader.events.at(-1)?.data).toMatchObject({ client_id: api.id });
    expect((await open()).response.statusCode).toBe(401);
  });

  it('begin anew with a reset when the cursor is older than a day', async () => {
    const { cursor } = await poll();
    world.clock.pass(25 * 3600);
    const reader = await open({ 'last-event-id': cursor });
    await reader.all('current', 1);
    expect(reader.events.map(({ event }) => event)).toEqual(['reset', 'current']);
    expect(await poll(`?cursor=${cursor}`)).toMatchObject({ entries: [], reset: true });
    expect(await poll(`?cursor=${reader.lastId}`)).toMatchObject({ reset: false });
    reader.close();
  });
});

describe('Who and what is refused', () => {
  it.each<[string, () => Record<string, string>]>([
    ['nobody', () => ({})],
    ['a wrong secret', () => basic(api.id, 'kw_cs_wrong')],
    ['an unknown client', () => basic('nobody', api.secret)],
    ['a bearer token', () => ({ authorization: 'Bearer kw_at_x' })],
  ])('%s gets 401 invalid_client, whichever way it asks', async (_, headers) => {
    for (const accept of ['application/json', 'text/event-stream']) {
      const response = await get('', { ...headers(), accept });
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toMatch(/^Basic/);
      expect(await response.json()).toMatchObject({ error: 'invalid_client' });
    }
  });

  it('a public client, and credentials in the address', async () => {
    const spa = await world.createClient({ type: 'public', redirectUris: [caller.callback] });
    expect((await get('', basic(spa.id, ''))).status).toBe(401);
    expect((await get(`?client_id=${api.id}&client_secret=${api.secret}`, {})).status).toBe(401);
  });

  it('a cursor that this server did not make, or that was changed, as 400 invalid_request', async () => {
    const { cursor } = await poll();
    const forged = new RevocationCursors(['another key of more than 32 characters'], world.clock).of('1:1:');
    const flipped = `${cursor.slice(0, -2)}${cursor.endsWith('AA') ? 'BB' : 'AA'}`;
    const bad = ['x', '%20', forged, flipped, cursor.slice(0, 20), `${cursor}${cursor}`, 'A'.repeat(9000), "1' OR 1=1", '0:0:'];
    for (const one of bad) {
      expect((await get(`?cursor=${encodeURIComponent(one)}`)).status, one.slice(0, 40)).toBe(400);
      const reader = await open({ 'last-event-id': encodeURIComponent(one) });
      expect(reader.response.statusCode, one.slice(0, 40)).toBe(400);
    }
  });

  it.each(['limit=0', 'limit=1001', 'limit=-1', 'limit=1e3', 'limit=99999999999', 'limit=x', 'wait=31', 'wait=0.5', 'limit=1&limit=2', 'cursor=%00'])(
    '?%s as 400 invalid_request',
    async (query) => {
      const response = await get(`?${query}`);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: 'invalid_request' });
    },
  );

  it('more than a hundred streams and waiting polls of one caller; others still find a place, and so does it when it has ended some', async () => {
    const readers = await Promise.all(Array.from({ length: 100 }, () => open()));
    const refused = await get();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
    expect((await get('', basic(app.id, app.secret))).status).toBe(200);
    for (const reader of readers) reader.close();
    await vi.waitFor(async () => expect((await get()).status).toBe(200), 5000);
  });
});

describe('Under a crowd', () => {
  it('1,000 polls at once are each answered or told to come back, and read the log no oftener than one does', async () => {
    const { cursor } = await poll();
    const since = vi.spyOn(world.storage.revocations, 'since');
    const statuses = await Promise.all(
      Array.from({ length: 1000 }, async () => {
        const response = await get(`?cursor=${cursor}`);
        await response.arrayBuffer();
        return response.status;
      }),
    );
    expect(statuses.every((status) => status === 200 || status === 429)).toBe(true);
    expect(statuses).toContain(200);
    expect(since.mock.calls.length).toBeLessThan(50);
    expect((await get()).status).toBe(200);
  }, 30_000);

  it.each([
    ['a stream', 'text/event-stream'],
    ['a poll that waits', 'application/json'],
  ])('watches no credentials for a caller who left while it authenticated: %s', async (_, accept) => {
    const authenticate = world.container.resolve(AuthenticateClient);
    const watchCredentials = world.container.resolve(WatchCredentials);
    const [asked, answered, left] = [deferred(), deferred(), deferred()];
    const execute = authenticate.execute.bind(authenticate);
    vi.spyOn(authenticate, 'execute').mockImplementationOnce(async (input) => {
      asked.resolve();
      await answered.promise;
      return execute(input);
    });
    const watches = { begun: 0, ended: 0 };
    const watch = watchCredentials.watch.bind(watchCredentials);
    vi.spyOn(watchCredentials, 'watch').mockImplementation((used, ended) => {
      watches.begun += 1;
      const end = watch(used, ended);
      return () => {
        watches.ended += 1;
        end();
      };
    });
    world.server.server.once('connection', (socket) => socket.once('close', left.resolve));
    const request = httpGet(`${world.issuer}${path}?wait=30`, { headers: { accept, ...basic(api.id, api.secret) }, agent: false }).on('error', () => undefined);
    await asked.promise;
    request.destroy();
    await left.promise;
    answered.resolve();
    await vi.waitFor(() => expect(watches).toEqual({ begun: 1, ended: 1 }), 3000);
  });

  it('a reader that does not read is cut off, while others are told everything', async () => {
    const { port } = new URL(world.issuer);
    const slow = connect(Number(port), '127.0.0.1');
    const { authorization } = basic(api.id, api.secret);
    slow.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\naccept: text/event-stream\r\n\r\n`);
    slow.pause();
    const reader = await open();
    await reader.all('start', 1);
    const entry = { subject: { kind: 'client', clientId: 'x'.repeat(2000) }, at: new Date(), until: new Date(), reason: 'client_disabled' } as const;
    // A log that grows by far more than any buffer holds.
    const original = world.storage.revocations.since.bind(world.storage.revocations);
    let left = 20;
    world.storage.revocations.since = async (position, limit) => {
      const page = await original(position, limit);
      if (left === 0 || page === null) return page;
      left -= 1;
      return { revocations: Array(1000).fill(entry), position: page.position, more: left > 0 };
    };
    await revoke(await machineToken());
    await reader.all('revoked', 20_000);
    const closed = new Promise<void>((resolve) => slow.once('close', () => resolve()));
    slow.on('error', () => undefined).resume();
    await closed;
    reader.close();
  }, 60_000);
});
