import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MoveSeen } from '../../src/application/ports/moved-store.js';
import { StorageUnavailable } from '../../src/application/ports/storage-unavailable.js';
import { StoreMoved } from '../../src/application/ports/store-moved.js';
import { StoreUnfit } from '../../src/application/ports/store-unfit.js';
import type { Surroundings } from '../../src/interfaces/cli/doctor-checks.js';
import type { ServedStore } from '../../src/interfaces/cli/doctor-served.js';
import type { StoreFigures, StoreUnderExamination } from '../../src/interfaces/cli/doctor-store.js';
import { CommandFailure } from '../../src/interfaces/cli/exit-codes.js';
import { RefusedWhereNotMade } from '../../src/interfaces/cli/refused-where-not-made.js';
import { aCommandLine } from './a-command-line.js';

describe('keywright doctor', () => {
  let server: Server;
  let issuer: string;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  let closed: number;

  const metadata = (value: unknown) => (_: IncomingMessage, response: ServerResponse) =>
    void response.setHeader('content-type', 'application/json').end(JSON.stringify(value));

  beforeEach(async () => {
    server = createServer((request, response) => answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    answer = metadata({ issuer });
    closed = 0;
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const opened = (ids: readonly string[]) => ({ ids, signing: ids.length, unreadable: 0, byAnother: 0 });

  const figures =
    (told: Partial<StoreFigures> = {}): (() => Promise<StoreFigures>) =>
    async () => ({ now: new Date(), connectionsAllowed: null, serversConnected: null, ...told });

  const healthyStore = (): StoreUnderExamination => ({
    ping: async () => {},
    pendingMigrations: async () => [],
    figures: figures(),
    close: async () => {
      closed += 1;
    },
  });

  const healthilyServed = (): ServedStore => ({
    ping: async () => {},
    signingKeys: async () => opened(['a', 'b']),
    close: async () => {
      closed += 1;
    },
  });

  async function examined(changes: Partial<Surroundings> = {}, store: Partial<StoreUnderExamination> = {}, served: Partial<ServedStore> = {}) {
    const surroundings: Surroundings = {
      now: () => new Date(),
      configuration: () => ({ issuer }),
      secretKey: async () => 'given',
      openStore: async () => ({ ...healthyStore(), ...store }),
      openAsServed: async () => ({ ...healthilyServed(), ...served }),
      ...changes,
    };
    const { code, stdout, stderr } = await aCommandLine({ surroundings }).run('doctor', '--json');
    const { ok, checks } = JSON.parse(stdout) as { ok: boolean; checks: { check: string; ok: boolean; reason: string; advice?: string }[] };
    return { code, stderr, ok, checks, failed: checks.filter((check) => !check.ok) };
  }

  it('finds a healthy server healthy', async () => {
    const { code, stderr, ok, checks, failed } = await examined();
    expect([code, stderr, ok, failed]).toEqual([0, '', true, []]);
    expect(checks.map((check) => check.check)).toEqual(['store', 'migrations', 'issuer', 'clock', 'secret key', 'requests', 'signing keys']);
    expect(closed).toBe(2);
  });

  it('says while SECRET_KEY_OTHER is still needed', async () => {
    const { failed, checks } = await examined({}, {}, { signingKeys: async () => ({ ...opened(['a', 'b', 'c']), byAnother: 1 }) });
    expect(failed).toEqual([]);
    const reason = 'SECRET_KEY_OTHER is still needed: it opens 1 of the 3 that sign, until another follows: keywright keys rotate';
    expect(checks).toContainEqual({ check: 'signing keys', ok: true, reason });
  });

  it.each([
    ['nobody answers', () => server.close()],
    ['another program answers', () => (answer = metadata({ name: 'not a server of tokens' }))],
  ])('names HOST where a server with this configuration does not listen at its issuer, and %s there', async (_, happens) => {
    happens();
    const configuration = () => ({ issuer, listened: { host: '127.0.0.2', port: Number(new URL(issuer).port) } });
    const { failed } = await examined({ configuration });
    expect(failed[0]).toMatchObject({
      check: 'issuer',
      advice: expect.stringMatching(/leave HOST out, or set ISSUER to what people and clients ask for: with HOST=127\.0\.0\.2 a server does not listen there$/),
    });
  });

  it('says when the workers may open more connections than the database has', async () => {
    const configuration = () => ({ issuer, connections: 88 });
    expect((await examined({ configuration }, { figures: figures({ connectionsAllowed: 88 }) })).failed).toEqual([]);
    const { failed } = await examined({ configuration }, { figures: figures({ connectionsAllowed: 87 }) });
    expect(failed).toMatchObject([{ check: 'connections', reason: 'this instance may open 88, and the database has 87' }]);
  });

  it('says what a store refuses that answers, because it has moved, is full or is only read', async () => {
    const moved = await examined({}, {}, { ping: () => Promise.reject(new StoreMoved()) });
    expect(moved.failed).toEqual([
      { check: 'requests', ok: false, reason: 'this store has moved', advice: 'set STORAGE, DATABASE_URL and REDIS_URL to the store that it was moved to' },
    ]);
    expect(moved.checks.map(({ check }) => check)).toContain('signing keys');
    const away = await examined({}, {}, { ping: () => Promise.reject(new StorageUnavailable(new Error('connect ECONNREFUSED'))) });
    expect(away.failed).toMatchObject([
      { check: 'requests', reason: 'the store cannot be reached (connect ECONNREFUSED)', advice: expect.stringContaining('REDIS_URL') },
    ]);
    const { failed } = await examined({ openAsServed: () => Promise.reject(new StorageUnavailable(new Error('gone'))) });
    expect(failed).toMatchObject([{ check: 'requests', reason: 'the store cannot be reached (gone)' }]);
  });

  it.each<[MoveSeen, RegExp]>([
    [{ store: 'left', stage: null }, /^the store of STORAGE_FROM decides, and nothing is copied yet: keywright storage copy$/],
    [{ store: 'left', stage: 'copying' }, /^the store of STORAGE_FROM decides, until: keywright storage switch$/],
    [{ store: 'left', stage: 'held' }, /^the store of STORAGE_FROM is held for a switch/],
    [{ store: 'left', stage: 'moved' }, /^switched, this store decides: STORAGE_FROM can be taken out/],
    [{ store: 'chosen', stage: 'copying' }, /^this store is being copied to another; it decides, .* storage switch, or .*: keywright storage abandon$/],
    [{ store: 'chosen', stage: 'held' }, /^this store is held for a switch to another/],
  ])('says of a move that is under way who decides: %j', async (seen, reason) => {
    const { ok, checks } = await examined({}, { move: async () => seen });
    expect([ok, checks.filter(({ check }) => check === 'move')]).toEqual([true, [{ check: 'move', ok: true, reason: expect.stringMatching(reason) }]]);
  });

  it('does not take the new store for a copy because servers are connected to the one that is left, until the switch', async () => {
    answer = publishing({ keys: [{ kid: 'b' }] });
    const seen = (stage: MoveSeen['stage']) => examined({}, { figures: figures({ serversConnected: 0 }), move: async () => ({ store: 'left', stage }) });
    expect((await seen('copying')).ok).toBe(true);
    expect((await seen('moved')).failed).toMatchObject([{ check: 'same store' }]);
  });

  it.each<MoveSeen>([
    { store: 'chosen', stage: null },
    { store: 'chosen', stage: 'moved' },
  ])('says nothing of a move where there is none, and where it is over: %j', async (seen) => {
    expect((await examined({}, { move: async () => seen })).checks.map(({ check }) => check)).not.toContain('move');
  });

  it('finds Redis in use before the database has switched to it', async () => {
    const { failed } = await examined({}, { move: async () => ({ store: 'chosen', stage: null, tooEarly: true }) });
    expect(failed).toMatchObject([{ check: 'move', advice: expect.stringContaining('set STORAGE_FROM to the address of the database until it is switched') }]);
  });

  it('finds the store away that is left, and asks for no move of a store that is not up to date', async () => {
    const move = () => Promise.reject(new StorageUnavailable(new Error('gone')));
    const { failed } = await examined({}, { move });
    expect(failed).toMatchObject([{ check: 'move', reason: 'the store cannot be reached (gone)', advice: expect.stringContaining('correct STORAGE_FROM') }]);
    expect((await examined({}, { move, pendingMigrations: async () => ['1_first'] })).failed).toMatchObject([{ check: 'migrations' }]);
  });

  it('says when SECRET_KEY is not the one of the signing keys, and asks nothing of a store that is not there', async () => {
    const { failed } = await examined({}, {}, { signingKeys: async () => ({ ...opened(['a', 'b', 'c']), unreadable: 2 }) });
    expect(failed).toMatchObject([
      { check: 'signing keys', reason: 'SECRET_KEY does not open 2 of the 3 in the store that sign: they were made under another' },
    ]);
    expect((await examined({}, {}, { signingKeys: async () => opened([]) })).ok).toBe(true);
    const away = async () => Promise.reject(new StorageUnavailable('away'));
    expect((await examined({ openStore: away })).checks.map(({ check }) => check)).not.toContain('signing keys');
  });

  /** A server under the issuer's name that publishes what `keys` has. */
  const publishing = (keys: unknown) => (request: IncomingMessage, response: ServerResponse) =>
    metadata(request.url === '/oauth/jwks' ? keys : { issuer })(request, response);

  /** One that answers an error there. */
  const refusing = (path: string) => (request: IncomingMessage, response: ServerResponse) => {
    if (request.url === path) response.statusCode = 500;
    publishing({ keys: [{ kid: 'c' }] })(request, response);
  };

  it('finds a server under the name of the issuer that works on another store, by the signing keys that it publishes', async () => {
    answer = publishing({ keys: [{ kid: 'withdrawn' }, { kid: 'b' }] });
    expect((await examined()).checks.at(-1)).toEqual({ check: 'same store', ok: true, reason: `${issuer} publishes the keys of this store` });
    for (const ids of [[], ['c']]) {
      const { failed } = await examined({}, {}, { signingKeys: async () => opened(ids) });
      expect(failed).toMatchObject([{ check: 'same store', advice: expect.stringMatching(/DATA_DIR.*, give the PORT or ISSUER that the server has$/) }]);
    }
  });

  it('finds a copy of the store of that server, which has the same keys, by nobody being connected to it', async () => {
    answer = publishing({ keys: [{ kid: 'b' }] });
    const { failed } = await examined({}, { figures: figures({ serversConnected: 0 }) });
    expect(failed).toMatchObject([
      {
        check: 'same store',
        reason: expect.stringMatching(/no server is connected to it now: unless one is just connecting anew, it is a copy/),
        advice: expect.stringMatching(/^ask again in ten seconds, /),
      },
    ]);
    expect((await examined({}, { figures: figures({ serversConnected: 2 }) })).checks.at(-1)?.reason).toMatch(/2 processes of servers are connected$/);
    expect((await examined({}, { figures: figures() })).ok).toBe(true);
  });

  it.each([
    ['the keys cannot be read', publishing({ error: 'not found' }), {}],
    ['they are longer than ours ever are', publishing({ keys: [{ kid: 'c', n: 'x'.repeat(300_000) }] }), {}],
    ['they are refused', refusing('/oauth/jwks'), {}],
    ['it has none yet', publishing({ keys: [] }), {}],
    ['each process has a store of its own', publishing({ keys: [{ kid: 'other' }] }), { storeOfItsOwn: true }],
  ])('says nothing of the store of the server where %s', async (_, theirs, more) => {
    answer = theirs;
    const { ok, checks } = await examined({ configuration: () => ({ issuer, ...more }) });
    expect([ok, checks.map(({ check }) => check)]).toEqual([true, expect.not.arrayContaining(['same store'])]);
  });

  it('prints a line for each check, and exit code 1 when one fails', async () => {
    const surroundings: Surroundings = {
      now: () => new Date(),
      configuration: () => ({ issuer }),
      secretKey: async () => Promise.reject(new Error('DATA_DIR cannot be used: it may not be read')),
      openStore: async () => healthyStore(),
      openAsServed: async () => ({ ...healthilyServed(), signingKeys: () => Promise.reject(new Error('not asked without a key')) }),
    };
    const { code, stdout, stderr } = await aCommandLine({ surroundings }).run('doctor');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^ok {4}store {7}answers$/m);
    expect(stdout).toMatch(/^fail {2}secret key {2}DATA_DIR cannot be used: it may not be read: is DATA_DIR the server's, and does its user run this\?$/m);
    expect(stdout.trimEnd().split('\n')).toHaveLength(6);
    expect(stderr).toBe('error: 1 of 6 checks failed\n');
  });

  it('asks for the metadata where RFC 8414 §3.1 says, and compares the issuer byte by byte (§3.3)', async () => {
    let asked: string | undefined;
    answer = (request, response) => {
      asked = request.url;
      metadata({ issuer: `${issuer}/` })(request, response);
    };
    const { code, failed } = await examined();
    expect([code, failed.length, asked]).toEqual([1, 1, '/.well-known/oauth-authorization-server']);
    expect(failed[0]).toMatchObject({ check: 'issuer', reason: expect.stringContaining(`"${issuer}/"`), advice: expect.stringContaining('byte for byte') });
  });

  it.each([
    ['another status', (_: IncomingMessage, response: ServerResponse) => void response.writeHead(502).end(), /answers 502/],
    ['a redirect', (_: IncomingMessage, response: ServerResponse) => void response.writeHead(301, { location: '/' }).end(), /answers 301/],
    ['a web page', (_: IncomingMessage, response: ServerResponse) => void response.end('<html>'), /not the metadata/],
    ['other JSON', metadata(['issuer']), /not the metadata/],
    ['JSON without end', metadata({ issuer: 'x'.repeat(300_000) }), /not the metadata/],
    ['a long name', metadata({ issuer: 'x'.repeat(10_000) }), /^.{0,400}$/],
    ['a cut connection', (request: IncomingMessage) => void request.socket.destroy(), /cannot be reached/],
  ])('finds %s under the name of the issuer', async (_, wrong, reason) => {
    answer = wrong;
    const { failed } = await examined();
    expect(failed.map((finding) => finding.check)).toEqual(['issuer']);
    expect(failed[0]?.reason).toMatch(reason);
  });

  it('finds nobody under the name of the issuer', async () => {
    await new Promise((resolve) => server.close(resolve));
    expect((await examined()).failed).toMatchObject([{ check: 'issuer', reason: expect.stringContaining('ECONNREFUSED') }]);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  it.each([
    ['http://localhost:1', 'start the server (keywright serve), or give the PORT or ISSUER that the server has'],
    ['https://issuer.invalid', 'start the server (keywright serve), or correct ISSUER, DNS or the proxy'],
  ])('says of nobody at %s what may be wrong: on this machine also the PORT of which the issuer is made', async (nobody, advice) => {
    const { failed } = await examined({ configuration: () => ({ issuer: nobody }) });
    expect(failed).toMatchObject([{ check: 'issuer', advice }]);
  });

  it('says of another program at the issuer on this machine that the PORT may be wrong', async () => {
    answer = (_, response) => void response.writeHead(404).end();
    const advice = 'let the proxy pass it to Keywright, or give the PORT or ISSUER that the server has';
    expect((await examined()).failed).toMatchObject([{ check: 'issuer', advice }]);
    answer = metadata({});
    expect((await examined()).failed).toMatchObject([{ check: 'issuer', advice }]);
  });

  it('finds the store away, and still makes the other checks', async () => {
    const { failed, checks } = await examined({ openStore: () => Promise.reject(new StorageUnavailable(new Error('down'))) });
    expect(failed).toMatchObject([{ check: 'store', reason: 'the store cannot be reached (down)' }]);
    expect(checks.map((check) => check.check)).toEqual(['store', 'issuer', 'clock', 'secret key']);
  });

  it('finds no database in DATA_DIR, and says what makes one', async () => {
    const { code, failed } = await examined({ openStore: () => Promise.reject(new RefusedWhereNotMade('there is no database in /srv/dta')) });
    const advice = expect.stringMatching(/DATA_DIR .* keywright serve makes one$/);
    expect([code, failed]).toEqual([1, [{ check: 'store', ok: false, reason: 'there is no database in /srv/dta', advice }]]);
  });

  it('says of a store that is there and cannot be used what to do, and not to start it', async () => {
    const { failed } = await examined({}, { ping: () => Promise.reject(new StoreUnfit('it has no schema', 'make one')) });
    expect(failed).toEqual([{ check: 'store', ok: false, reason: 'it has no schema', advice: 'make one' }]);
  });

  it('says of a setting that keeps the store from being opened to correct that, and not to start the store', async () => {
    const setting = (what: string) => () => Promise.reject(new CommandFailure(what, 78));
    const advice = 'correct that, or the environment';
    expect((await examined({ openStore: setting('STORAGE names ./nothing.js') })).failed).toEqual([
      { check: 'store', ok: false, reason: 'STORAGE names ./nothing.js', advice },
    ]);
    expect((await examined({ openAsServed: setting('AUDIT_LOG cannot be written') })).failed).toEqual([
      { check: 'requests', ok: false, reason: 'AUDIT_LOG cannot be written', advice },
    ]);
  });

  it('says of one that is away what to do where more is known, and of one that a newer version has used that the program is too old', async () => {
    const full = new StorageUnavailable(new Error('too many clients'), { reason: 'it takes no more connections', advice: 'lower WORKERS' });
    const { failed } = await examined({}, { ping: () => Promise.reject(full) });
    expect(failed).toEqual([{ check: 'store', ok: false, reason: 'it takes no more connections (too many clients)', advice: 'lower WORKERS' }]);
    const newer = await examined({}, { pendingMigrations: () => Promise.reject(new StoreUnfit('a newer version', 'upgrade this program')) });
    expect(newer.checks.slice(0, 2)).toEqual([
      { check: 'store', ok: true, reason: 'answers' },
      { check: 'migrations', ok: false, reason: 'a newer version', advice: 'upgrade this program' },
    ]);
  });

  it.each(['figures', 'pendingMigrations'] as const)('tells each check once, whatever fails of the store (%s)', async (asked) => {
    const { checks, failed } = await examined({}, { [asked]: () => Promise.reject(new StorageUnavailable(new Error('down'))) });
    const names = checks.map(({ check }) => check);
    expect(names).toEqual([...new Set(names)]);
    expect(failed.map(({ check }) => check)).toEqual([asked === 'figures' ? 'store' : 'migrations']);
  });

  it('closes a store that opens but does not answer', async () => {
    const { failed } = await examined({}, { ping: () => Promise.reject(new StorageUnavailable(new Error('down'))) });
    expect([failed.map((finding) => finding.check), closed]).toEqual([['store'], 1]);
  });

  it.each([
    [['1_first', '2_second'], 'not applied yet: 1_first, 2_second'],
    [['1_first', '2_second', '3_third', '4_fourth'], '4 not applied yet, from 1_first on'],
  ])('says which migrations are missing: %j', async (pending, reason) => {
    const { failed } = await examined({}, { pendingMigrations: async () => pending });
    expect(failed).toMatchObject([{ check: 'migrations', reason, advice: 'run: keywright migrate' }]);
  });

  it.each([-60, -7, 7, 60])("finds the store's clock %i seconds off", async (seconds) => {
    const { failed } = await examined({}, { figures: figures({ now: new Date(Date.now() + seconds * 1000) }) });
    expect(failed).toMatchObject([{ check: 'clock', reason: `is ${Math.abs(seconds)} seconds from the store's` }]);
  });

  it.each([-60, 60])("finds the issuer's clock %i seconds off by its Date header (RFC 9110 §6.6.1)", async (seconds) => {
    answer = (request, response) => {
      response.setHeader('date', new Date(Date.now() + seconds * 1000).toUTCString());
      metadata({ issuer })(request, response);
    };
    expect((await examined()).failed).toMatchObject([{ check: 'clock', reason: expect.stringContaining("from the issuer's") }]);
  });

  it('finds a clock that shows a time before this software existed', async () => {
    const then = () => new Date('1970-01-01T00:00:10Z');
    const { failed } = await examined({ now: then }, { figures: figures({ now: then() }) });
    expect(failed).toMatchObject([{ check: 'clock', reason: 'shows 1970-01-01T00:00:10.000Z' }]);
  });

  it('says so when there is no clock to compare with', async () => {
    answer = (request, response) => {
      response.sendDate = false;
      metadata({ issuer })(request, response);
    };
    const { checks } = await examined({ openStore: () => Promise.reject(new Error('away')) });
    expect(checks).toContainEqual({ check: 'clock', ok: true, reason: 'nothing to compare it with' });
  });

  it.each([
    ['kept', 'generated at the first start, kept in DATA_DIR; several instances'],
    ['none', 'none in DATA_DIR yet; the first start makes it there; several instances'],
  ] as const)('accepts a key that is not given (%s), and says what several instances need', async (secretKey, reason) => {
    const { ok, checks } = await examined({ secretKey: async () => secretKey });
    expect([ok, checks.find(({ check }) => check === 'secret key')?.reason]).toEqual([true, expect.stringContaining(reason)]);
  });

  it('tells a wrong configuration and stops there', async () => {
    const configuration = () => {
      throw new Error('ISSUER must be a URL');
    };
    const { code, checks } = await examined({ configuration });
    expect([code, checks]).toEqual([1, [{ check: 'configuration', ok: false, reason: 'ISSUER must be a URL', advice: 'correct the environment' }]]);
  });
});
