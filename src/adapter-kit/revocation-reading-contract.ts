import { setImmediate } from 'node:timers/promises';
import type { Storage } from '../application/ports/storage.js';
import type { Revocation, RevokedSubject } from '../domain/tokens/revocation.js';
import { uuid7 } from '../domain/tokens/uuid7.js';
import { expect } from './expect.js';
import { plus } from './fixtures.js';
import { givenClient } from './given.js';
import { purgeAll } from './purge-all.js';
import { atOnce } from './races.js';
import { it } from './runner.js';
import { someMachineToken } from './token-fixtures.js';

/** Of an entry about a token that was good for a second. */
const about = { at: plus(1), until: plus(1000), reason: 'revoked_by_client' } as const;

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

  it('gives no place a second time when all before it was purged: who read to there is told what comes later', async () => {
    const add = async (count: number) => {
      const entries = Array.from({ length: count }, () => ({ ...about, subject: { kind: 'token', tokenId: uuid7(plus(0)) } as const }));
      for (const entry of entries) await store().revocations.add(entry);
      return subjects(entries);
    };
    await add(3);
    const place = await store().revocations.latest();
    await purgeAll(store(), plus(2000));
    const found = await store().revocations.since(place, 100);
    expect(found?.revocations ?? 'the place is unknown', 'since(the last place), when all entries were purged').toEqual([]);
    // One more than there were, so that places that are counted anew go beyond the old ones.
    const later = await add(4);
    for (const known of [place, found?.position ?? ''])
      expect(subjects((await revocationsSince(store(), known)).revocations), 'since(the last place), when all before was purged and 4 were added').toEqual(
        later,
      );
  });
}
