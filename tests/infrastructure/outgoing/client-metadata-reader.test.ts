import type { LookupAddress } from 'node:dns';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ClientMetadataReader } from '../../../src/infrastructure/outgoing/client-metadata-reader.js';

const minute = 60_000;
const day = 86_400_000;

describe('A metadata document', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  /** A host on this machine, which answers so; how often it was asked, and a reader that asks it by a clock turned by hand. */
  async function aHost(answer: RequestListener) {
    const host = { asked: 0, now: 0 };
    const server = createServer((request, response) => {
      host.asked++;
      answer(request, response);
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const uri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/client.json`;
    const reader = new ClientMetadataReader({ here: true }, () => host.now);
    return { host, uri, read: () => reader.read(uri), server };
  }

  const json = (headers: Record<string, string> = {}, body = '{"client_name":"Some app"}', status = 200): RequestListener => {
    return (_request, response) => void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  };
  const some = { outcome: 'read', metadata: { client_name: 'Some app' } };

  it.each(['application/json', 'application/json; charset=utf-8', 'application/oauth-client+json'])('is read as %s', async (type) => {
    const { read } = await aHost(json({ 'content-type': type }));
    expect(await read()).toEqual(some);
  });

  it.each<[string, RequestListener, string]>([
    ['a redirect (§4)', json({ location: '/elsewhere.json' }, '', 302), 'answers 302'],
    ['a 404', json({}, '{}', 404), 'answers 404'],
    ['any other success (§4)', json({}, '{"client_name":"x"}', 203), 'answers 203'],
    ['a page', json({ 'content-type': 'text/html' }), 'is not JSON'],
    ['a file that somebody left there', json({ 'content-type': 'text/plain' }), 'is not JSON'],
    ['no type', json({ 'content-type': '' }), 'is not JSON'],
    ['no JSON', json({}, '{'), 'is not JSON'],
    ['a list', json({}, '[]'), 'is not JSON'],
    ['null', json({}, 'null'), 'is not JSON'],
    ['more than 64 kB (§6.6)', json({}, `{"x":"${'x'.repeat(65_536)}"}`), 'is too long'],
    ['a connection that is cut', (request) => void request.socket.destroy(), 'cannot be reached'],
    [
      'half of an answer',
      (_request, response) =>
        void response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' }).write('{', () => response.destroy()),
      'cannot be reached',
    ],
  ])('is not read out of %s', async (_, answer, why) => {
    const { read } = await aHost(answer);
    expect(await read()).toEqual({ outcome: why === 'cannot be reached' ? 'away' : 'unfit', why: expect.stringContaining(why), detail: expect.any(String) });
  });

  it('that never ends is given up (§6.6)', async () => {
    const { read } = await aHost((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 200);
      response.on('close', () => clearInterval(drip));
    });
    expect(await read()).toMatchObject({ outcome: 'away', why: expect.stringContaining('cannot be reached') });
  }, 20_000);

  it('is given up where the answer turns into another protocol, of which Node.js tells nobody', async () => {
    const { read } = await aHost((request) => void request.socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: other\r\nConnection: Upgrade\r\n\r\n'));
    expect(await read()).toMatchObject({ outcome: 'away', why: expect.stringContaining('cannot be reached') });
  }, 20_000);

  it('is read after ten interim answers, and given up after more', async () => {
    const { read } = await aHost((request, response) => {
      for (let hint = 0; hint < 10; hint++) response.writeEarlyHints({ link: '</style.css>; rel=preload' });
      json()(request, response);
    });
    expect(await read()).toEqual(some);
    const other = await aHost((request) => void request.socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(11)));
    expect(await other.read()).toMatchObject({ outcome: 'away', detail: expect.stringContaining('interim') });
  }, 20_000);

  it('is given up where name servers do not answer', async () => {
    const reader = new ClientMetadataReader({ here: false, addressesOf: () => new Promise(() => undefined) });
    expect(await reader.read('https://app.example/client.json')).toMatchObject({ outcome: 'away', why: expect.stringContaining('cannot be reached') });
  }, 20_000);

  it('that cannot be read fills no log with what its host says instead', async () => {
    const { read } = await aHost(json({ 'content-type': 'x'.repeat(10_000) }));
    expect(await read()).toMatchObject({ outcome: 'unfit', detail: expect.stringMatching(/^.{1,200}$/) });
  });

  it('that cannot be read tells no terminal what to do by what its host says instead', async () => {
    const { read } = await aHost(json({ 'content-type': 'text/\u009b31mhtml\u00ad' }));
    expect(await read()).toMatchObject({ outcome: 'unfit', detail: 'content-type text/?31mhtml?' });
  });

  it('is asked for once by all who want it at the same time', async () => {
    const { read, host } = await aHost((request, response) => void setTimeout(() => json()(request, response), 20));
    expect(await Promise.all(Array.from({ length: 50 }, read))).toEqual(Array.from({ length: 50 }, () => some));
    expect(host.asked).toBe(1);
  });

  it.each<[string, string, number]>([
    ['nothing, for five minutes', '', 5 * minute],
    ['an hour, for an hour', 'max-age=3600', 60 * minute],
    ['a second, for a minute, so that one authorization sees one document', 'max-age=1', minute],
    ['not at all, for that minute', 'no-store', minute],
    ['a year, for a day', 'public, max-age=31536000', day],
    ['longer than can be counted, for a day', `max-age=${'9'.repeat(400)}`, day],
  ])('is kept where its host says %s (§4.4)', async (_, header, milliseconds) => {
    const { read, host } = await aHost(json(header === '' ? {} : { 'cache-control': header }));
    await read();
    host.now = milliseconds - 1;
    await read();
    expect(host.asked).toBe(1);
    host.now = milliseconds;
    await read();
    expect(host.asked).toBe(2);
  });

  it('stands while its host is away or is asked too often, for a day', async () => {
    const answers = [json(), json({}, '', 429), json({}, '', 503), json()];
    const { read, host } = await aHost((request, response) => answers.shift()?.(request, response));
    await read();
    host.now = day - 1;
    expect(await read()).toEqual(some);
    host.now = day;
    expect(await read()).toMatchObject({ outcome: 'away', why: expect.stringContaining('503') });
    host.now += 2000;
    expect(await read()).toEqual(some);
  });

  it('is asked for once in a minute while its host is away', async () => {
    const answers = [json()];
    const { read, host } = await aHost((request, response) => (answers.shift() ?? json({}, '', 503))(request, response));
    await read();
    host.now = 5 * minute;
    for (const _ of [1, 2, 3]) expect(await read()).toEqual(some);
    expect(host.asked).toBe(2);
    host.now = 6 * minute;
    expect(await read()).toEqual(some);
    expect(host.asked).toBe(3);
  });

  it('does not stand where its host says that it is gone, and no failure is kept (§4.4) but for two seconds', async () => {
    const answers = [json(), json({}, '', 404), json({}, '', 503), json()];
    const { read, host } = await aHost((request, response) => answers.shift()?.(request, response));
    await read();
    host.now = 5 * minute;
    for (const outcome of ['unfit', 'away']) {
      for (const later of [0, 0, 1999]) {
        host.now += later;
        expect(await read()).toMatchObject({ outcome });
      }
      host.now += 1;
    }
    expect(await read()).toEqual(some);
    expect(host.asked).toBe(4);
  });

  it('is not waited for where 32 others are', async () => {
    const { uri, host, server } = await aHost(() => undefined);
    const reader = new ClientMetadataReader({ here: true });
    const waiting = Array.from({ length: 32 }, (_, at) => reader.read(`${uri}?${at}`));
    expect(await reader.read(`${uri}?more`)).toMatchObject({ outcome: 'away', why: 'cannot be read now' });
    await expect.poll(() => host.asked).toBe(32);
    server.closeAllConnections();
    await Promise.all(waiting);
    const again = reader.read(`${uri}?more`);
    await expect.poll(() => host.asked).toBe(33);
    server.closeAllConnections();
    await again;
  });

  it('stands where 32 others are being read', async () => {
    const { uri, host, server } = await aHost((request, response) => request.url?.includes('known') && json()(request, response));
    const reader = new ClientMetadataReader({ here: true }, () => host.now);
    await reader.read(`${uri}?known`);
    host.now = 5 * minute;
    const waiting = Array.from({ length: 32 }, (_, at) => reader.read(`${uri}?${at}`));
    expect(await reader.read(`${uri}?known`)).toEqual(some);
    server.closeAllConnections();
    await Promise.all(waiting);
  });

  it('makes room when nobody named it for longest: 1000 are kept', async () => {
    const { uri, host } = await aHost(json());
    const reader = new ClientMetadataReader({ here: true });
    const readAll = async (from: number, to: number) => {
      for (let at = from; at < to; at++) await reader.read(`${uri}?${at}`);
    };
    await readAll(0, 1000);
    await readAll(0, 1);
    await readAll(1000, 1001);
    expect(host.asked).toBe(1001);
    await readAll(0, 1);
    expect(host.asked).toBe(1001);
    await readAll(1, 2);
    expect(host.asked).toBe(1002);
  });

  it('makes room earlier where they are long', async () => {
    const { uri, host } = await aHost(json({}, `{"x":"${'x'.repeat(65_000)}"}`));
    const reader = new ClientMetadataReader({ here: true });
    for (let at = 0; at < 150; at++) await reader.read(`${uri}?${at}`);
    await reader.read(`${uri}?149`);
    expect(host.asked).toBe(150);
    await reader.read(`${uri}?0`);
    expect(host.asked).toBe(151);
  });

  describe('is asked for only where it is public (§6.5):', () => {
    /** A reader for whom every name leads there; reaching anything would be told otherwise. */
    const leadingTo = (here: boolean, ...addresses: string[]) =>
      new ClientMetadataReader({
        here,
        addressesOf: async () => addresses.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 })),
      });

    it.each([
      ['a name of this machine', ['127.0.0.1']],
      ['a name of this machine in IPv6', ['::1']],
      ['a private network', ['10.0.0.7']],
      ['where clouds keep their credentials', ['169.254.169.254']],
      ['a name with one address that is not', ['93.184.215.14', '192.168.0.1']],
    ])('not %s, and nobody learns what it is', async (_, addresses) => {
      for (const here of [true, false]) {
        const read = await leadingTo(here, ...addresses).read('https://app.example/client.json');
        expect(read).toEqual({ outcome: 'away', why: 'cannot be reached', detail: expect.stringContaining(addresses.at(-1) ?? '') });
      }
    });

    it.each(['https://127.0.0.1/x', 'https://[::1]/x', 'https://10.0.0.1/x', 'https://169.254.169.254/x', 'https://[::ffff:127.0.0.1]/x'])(
      'not %s, which names an address itself',
      async (uri) => {
        expect(await new ClientMetadataReader({ here: false }).read(new URL(uri).href)).toMatchObject({ outcome: 'away', why: 'cannot be reached' });
      },
    );

    it('not this machine over plain http, where the server is not for trying out', async () => {
      const { uri, host } = await aHost(json());
      expect(await new ClientMetadataReader({ here: false }).read(uri)).toMatchObject({ outcome: 'away', why: 'cannot be reached' });
      expect(host.asked).toBe(0);
    });

    it('not a name that leads nowhere, in the same words, so that nobody learns which names a private network has', async () => {
      const nowhere = new ClientMetadataReader({ here: false, addressesOf: () => Promise.reject(new Error('ENOTFOUND')) });
      for (const reader of [nowhere, leadingTo(false), leadingTo(false, '10.0.0.7')])
        expect(await reader.read('https://app.example/x')).toMatchObject({ outcome: 'away', why: 'cannot be reached' });
    });
  });
});
