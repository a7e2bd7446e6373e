import { setImmediate } from 'node:timers/promises';
import type { Storage } from '../application/ports/storage.js';
import type { Revocation, RevokedSubject } from '../domain/tokens/revocation.js';
import { expect } from './expect.js';
import { plus } from './fixtures.js';
import { givenClient } from './given.js';
import { atOnce } from './races.js';
import { it } from './runner.js';
import { someMachineToken } from './token-fixtures.js';

/** A page of the log, from a place that is known. */
export async function revocationsSince(storage: Storage, position: string, limit = 100) {
  const found = await storage.revocations.since(position, limit);
  if (found === null) throw new Error('the place is unknown');
  return { ...found, revocations: [...found.revocations] };
}

export const subjects = (revocations: readonly Revocation[]): RevokedSubject[] => revocations.map(({ subject }) => subject);

/** Following the log, in pages, while it grows and after it was purged. */
export function revocationReadingContract(store: () => Storage): void {
  it('is read in pages of any size, each entry once', async () => {
    const client = await givenClient(store());
    const tokens = Array.from({ length: 25 }, () => someMachineToken(client.id));
    await Promise.all(tokens.map((token) => store().accessTokens.add(token)));
    const start = await store().revocations.latest();
    await atOnce(tokens.length, (index) => store().accessTokens.revoke((tokens[index] as { id: string }).id, 'revoked_by_client', plus(1)));
    for (const limit of [1, 7, 25, 1000]) {
      const read: Revocation[] = [];
      for (let place = start, more = true; more; ) {
        const page = await revocationsSince(store(), place, limit);
        expect(page.revocations.length).toBeLessThanOrEqual(limit);
        read.push(...page.revocations);
        ({ position: place, more } = page);
      }
      expect(new Set(read.map(({ subject }) => JSON.stringify(subject))).size).toBe(25);
      expect(read).toHaveLength(25);
    }
  });

  it('lets a reader who follows it while it grows miss nothing and read nothing twice', async () => {
    const client = await givenClient(store());
    const tokens = Array.from({ length: 200 }, () => someMachineToken(client.id));
    for (const token of tokens) await store().accessTokens.add(token);
    let place = await store().revocations.latest();
    const read: Revocation[] = [];
    let writing = true;
    const follow = async () => {
      for (let last = false; !last; ) {
        last = !writing;
        // A store that answers without waiting for anything must not keep the others from being heard.
        await setImmediate();
        for (let more = true; more; ) {
          const page = await revocationsSince(store(), place, 10);
          read.push(...page.revocations);
          ({ position: place, more } = page);
        }
      }
    };
    const write = async () => {
      const queue = [...tokens];
      const work = async () => {
        for (let token = queue.pop(); token; token = queue.pop()) await store().accessTokens.revoke(token.id, 'revoked_by_client', plus(1));
      };
      await atOnce(6, work);
      writing = false;
    };
    await Promise.all([follow(), write()]);
    expect(read).toHaveLength(tokens.length);
    expect(new Set(read.map(({ subject }) => (subject.kind === 'token' ? subject.tokenId : '')))).toEqual(new Set(tokens.map(({ id }) => id)));
  });

  it('is purged of entries that no access token needs any longer, and read on from any place', async () => {
    const client = await givenClient(store());
    const tokens = [plus(1000), plus(5000)].map((expiresAt) => someMachineToken(client.id, { expiresAt }));
    const start = await store().revocations.latest();
    for (const token of tokens) {
      await store().accessTokens.add(token);
      await store().accessTokens.revoke(token.id, 'revoked_by_client', plus(1));
    }
    for (const expirable of store().expirables) await expirable.purge(plus(2000), 100);
    expect(subjects((await revocationsSince(store(), start)).revocations)).toEqual([{ kind: 'token', tokenId: tokens[1]?.id ?? '' }]);
  });
}
