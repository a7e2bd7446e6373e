import type { Storage } from '../application/ports/storage.js';
import { expect } from './expect.js';
import {
  newBytes,
  now,
  plus,
  someClient,
  someConsent,
  someIdentity,
  someRequest,
  someResourceServer,
  someSession,
  someUpstreamRequest,
  someUser,
} from './fixtures.js';
import { givenGrant, givenTokens } from './given.js';
import { describe, it } from './runner.js';
import { someCode } from './token-fixtures.js';

/** Keys of which each is another, though some collation, or somebody who means well, takes two of them for one. */
const alike: [string, string][] = [
  ['a blank at the end', 'abc '],
  ['a blank in front', ' abc'],
  ['a tab at the end', 'abc\t'],
  ['upper case', 'ABC'],
  ['an accent', 'ábc'],
  ['the same accent as a character of its own (Unicode NFD)', 'a\u0301bc'],
  ['a full width letter (Unicode NFKC)', '\uff41bc'],
  ['a character that nobody sees', 'ab\u200bc'],
];

/** Keys are compared byte for byte. */
export function keyContract(store: () => Storage): void {
  it.each(alike)('tells apart identities whose subjects, or issuers, differ in nothing but %s', async (_, other) => {
    const issuer = someIdentity('').issuer;
    const keys = [
      { issuer, subject: 'abc' },
      { issuer, subject: other },
      { issuer: `${issuer}/abc`, subject: 'abc' },
      { issuer: `${issuer}/${other}`, subject: 'abc' },
    ];
    const owners = keys.map((key) => ({ key, user: someUser() }));
    for (const { key, user } of owners) expect(await store().identities.addWithUser(someIdentity(user.id, key), user)).toEqual({ outcome: 'added' });
    for (const { key, user } of owners) {
      expect((await store().identities.findUser(key.issuer, key.subject))?.id).toBe(user.id);
      expect(await store().identities.unlink(user.id, key, { password: true, issuers: [] })).toBe('unlinked');
    }
  });

  it.each(alike)('tells apart clients, and what people agreed to, whose ids differ in nothing but %s', async (_, other) => {
    const [user, one] = [someUser(), someClient()];
    await store().users.add(user);
    const ids = [`${one.id}abc`, `${one.id}${other}`];
    for (const id of ids) {
      await store().clients.add(someClient({ id, name: id }));
      await store().consents.give(someConsent({ userId: user.id, clientId: id }, { scopes: [id] }));
    }
    for (const id of ids) {
      expect((await store().clients.find(id))?.name).toBe(id);
      expect((await store().consents.find(user.id, id))?.scopes).toEqual([id]);
    }
    expect(await store().clients.remove(`${one.id}${other}`, plus(1))).toBe(true);
    expect((await store().clients.find(`${one.id}abc`))?.name).toBe(`${one.id}abc`);
  });

  // Addresses come trimmed and lower-cased.
  it.each(alike.slice(4))('tells apart people whose addresses differ in nothing but %s', async (_, other) => {
    const domain = `${someClient().id}.example`;
    const people = [someUser({ email: `abc@${domain}` }), someUser({ email: `${other}@${domain}` })];
    for (const user of people) expect(await store().users.add(user)).toBe('added');
    for (const { id, email } of people) expect((await store().users.findByEmail(email))?.id).toBe(id);
  });

  it.each<[string, readonly number[], readonly number[]]>([
    ['a blank at the end', [0x61], [0x61, 0x20]],
    ['a zero at the end', [0x61], [0x61, 0]],
    ['the case of a letter', [0x61], [0x41]],
    ['bytes that are no text', [0xfe], [0xff]],
  ])('tells apart idempotency keys, and what was asked under one, that differ in nothing but %s', async (_, end, otherEnd) => {
    const start = newBytes(31);
    const [one, other] = [new Uint8Array([...start, ...end]), new Uint8Array([...start, ...otherEnd])];
    const run = { id: one, fingerprint: one, at: now, expiresAt: plus(1000) };
    expect(await store().idempotencyKeys.begin(run)).toEqual({ outcome: 'fresh' });
    expect(await store().idempotencyKeys.begin({ ...run, id: other })).toEqual({ outcome: 'fresh' });
    expect(await store().idempotencyKeys.begin({ ...run, fingerprint: other })).toEqual({ outcome: 'other_request' });
  });

  describe.each<[string, (id: string) => string]>([
    ['a blank at its end', (id) => `${id} `],
    ['a blank in front of it', (id) => ` ${id}`],
    ['a line break at its end', (id) => `${id}\n`],
    ['the case of its letters turned', (id) => id.toUpperCase()],
  ])('an id with %s', (_, bent) => {
    it('finds nothing, of any kind', async () => {
      const { code, grant, accessToken, refreshToken } = await givenTokens(store(), {});
      const unused = someCode(await givenGrant(store()));
      const [request, upstream, session, server] = [someRequest(), someUpstreamRequest(), someSession(grant.userId), someResourceServer()];
      await store().authorizationCodes.add(unused);
      await store().authorizationRequests.add(request);
      await store().upstreamRequests.add(upstream);
      await store().sessions.add(session);
      await store().resourceServers.add(server);
      const finds: [string, string, (id: string) => Promise<unknown>][] = [
        ['user', grant.userId, (id) => store().users.find(id)],
        ['client', grant.clientId, (id) => store().clients.find(id)],
        ['grant', grant.id, (id) => store().grants.find(id)],
        ['code', code.id, (id) => store().authorizationCodes.find(id)],
        ['access token', accessToken.id, (id) => store().accessTokens.find(id)],
        ['refresh token', refreshToken.id, (id) => store().refreshTokens.find(id)],
        ['authorization request', request.id, (id) => store().authorizationRequests.find(id)],
        ['session', session.id, (id) => store().sessions.find(id)],
        ['resource server', server.id, (id) => store().resourceServers.find(id)],
        ['sign-in under way', upstream.id, (id) => store().upstreamRequests.take(id)],
      ];
      for (const [what, id, find] of finds) {
        expect(await find(bent(id)), `${what} under ${JSON.stringify(bent(id))}`).toBeNull();
        expect(await find(id), `${what} under its own id`).not.toBeNull();
      }
    });
  });
}
