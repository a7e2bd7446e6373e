import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiWorld, apiWorld } from './api-world.js';

let world: ApiWorld;
let own: string[];
beforeAll(async () => {
  world = await apiWorld();
  own = [];
  for (let made = 0; made < 5; made += 1) {
    world.clock.pass(1);
    own.unshift((await world.clientOf(world.tokens.ada)).client_id);
    await world.clientOf(world.tokens.bob);
  }
});
afterAll(() => world.close());

const ids = (body: { data: { client_id: string }[] }) => body.data.map((client) => client.client_id);
const list = (query: string, token = world.tokens.ada) => world.call('GET', `/clients${query}`, { token });

describe('A list', () => {
  it('comes in pages, newest first, each client once', async () => {
    const seen: string[] = [];
    for (let query = '?limit=2'; query !== ''; ) {
      const { body } = await list(query);
      expect(body.data.length).toBeLessThanOrEqual(2);
      seen.push(...ids(body));
      query = body.next_cursor === null ? '' : `?limit=2&cursor=${body.next_cursor}`;
    }
    expect(seen).toEqual(own);
  });

  it.each(['http://evil.example', 'http://evil.example:8080', ''])(
    'links to its next page at its own address, though the request names %j (RFC 9112 §3.2.2)',
    async (host) => {
      if (!world.server.server.listening) await world.server.listen({ port: 0, host: '127.0.0.1' });
      const { port } = world.server.server.address() as AddressInfo;
      const socket = connect(port, '127.0.0.1');
      socket.write(`GET ${host}/api/v1/clients?limit=4 HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${world.tokens.ada}\r\nconnection: close\r\n\r\n`);
      const answer = await text(socket);
      expect(answer).toContain('HTTP/1.1 200 ');
      expect(/^link: <(.*)&cursor=.*>; rel="next"\r$/im.exec(answer)?.[1]).toBe('http://localhost:3000/api/v1/clients?limit=4');
    },
  );

  it('links to its next page (RFC 8288 §3)', async () => {
    const first = await list('?limit=4');
    const [, link = ''] = /^<(.*)>; rel="next"$/.exec(String(first.headers.link)) ?? [];
    expect(link).toBe(`http://localhost:3000/api/v1/clients?limit=4&cursor=${first.body.next_cursor}`);
    const last = await list(link.replace('http://localhost:3000/api/v1/clients', ''));
    expect(ids(last.body)).toEqual(own.slice(4));
    expect([last.body.next_cursor, last.headers.link]).toEqual([null, undefined]);
  });

  it('of an administrator holds everybody, or one person', async () => {
    const all = await list('?limit=100', world.tokens.admin);
    expect(ids(all.body)).toEqual(expect.arrayContaining([...own, world.console.id]));
    expect(ids((await list(`?limit=100&owner_id=${world.ada.id}`, world.tokens.admin)).body)).toEqual(own);
  });

  it('of a person holds their own, whoever they ask for', async () => {
    expect(ids((await list(`?limit=100&owner_id=${world.bob.id}`)).body)).toEqual(own);
  });
});

describe('A cursor is refused', () => {
  const cursorOf = async (query = '?limit=2', token = world.tokens.ada) => (await list(query, token)).body.next_cursor as string;
  const refusal = { status: 400, body: { type: 'http://localhost:3000/api#problem-invalid-cursor' } };

  it('when any character of it was altered', async () => {
    const cursor = await cursorOf();
    for (let at = 0; at < cursor.length; at += 1) {
      const altered = cursor.slice(0, at) + (cursor[at] === 'A' ? 'B' : 'A') + cursor.slice(at + 1);
      expect(await list(`?limit=2&cursor=${altered}`)).toMatchObject(refusal);
    }
  });

  it.each(['', 'x', 'a'.repeat(600), Buffer.from('{"after":"x"}').toString('base64url'), '%00'])('when it was made up: %s', async (cursor) => {
    expect((await list(`?cursor=${cursor}`)).status).toBe(400);
  });

  it('when something was put after it', async () => {
    expect(await list(`?limit=2&cursor=${await cursorOf()}=`)).toMatchObject(refusal);
  });

  it('when it was given to somebody else', async () => {
    expect(await list(`?limit=2&cursor=${await cursorOf()}`, world.tokens.bob)).toMatchObject(refusal);
  });

  it('when the same person has become an administrator', async () => {
    const narrow = await world.tokenOf(world.root, ['clients:read']);
    const cursor = await cursorOf('?limit=2', world.tokens.admin);
    expect(await list(`?limit=2&cursor=${cursor}`, narrow)).toMatchObject(refusal);
  });

  it('when it is of another list, or of the same with another filter', async () => {
    const cursor = await cursorOf('?limit=2', world.tokens.admin);
    expect(await world.call('GET', `/users?limit=2&cursor=${cursor}`, { token: world.tokens.admin })).toMatchObject(refusal);
    expect(await list(`?limit=2&cursor=${cursor}&owner_id=${world.ada.id}`, world.tokens.admin)).toMatchObject(refusal);
  });

  it('but not when only the limit changed', async () => {
    expect(ids((await list(`?limit=3&cursor=${await cursorOf()}`)).body)).toEqual(own.slice(2, 5));
  });
});
