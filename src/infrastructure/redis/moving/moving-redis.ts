import { randomUUID } from 'node:crypto';
import type { MovedPage, MovedRecord } from '../../../application/ports/moved-store.js';
import { MoveRefused } from '../../moving/move-refused.js';
import type { RedisConnection } from '../redis-connection.js';
import * as scripts from './move-scripts.js';
import { fieldsOf, prefixOf, recordAt } from './redis-records.js';

/** Milliseconds for which the claim of a process that was killed still counts. */
const claimTime = 15_000;
/** Keys that are looked at in a step. */
const scanCount = 1000;

/** A key of the records that move is the JSON array of their one id. */
export const idOf = (key: string) => (JSON.parse(key) as [string])[0];

/** A Redis as a move sees it that brings codes and tokens to it or away: `kinds` are those that move. */
export class MovingRedis {
  private readonly claimant = randomUUID();
  private readonly claiming: NodeJS.Timeout;

  constructor(
    protected readonly redis: RedisConnection,
    protected readonly keyPrefix: string,
    readonly kinds: readonly string[],
  ) {
    this.claiming = setInterval(() => void this.claim().catch(() => undefined), claimTime / 3).unref();
  }

  async claim(): Promise<void> {
    if ((await this.redis.run(scripts.claimMove, [], [this.claimant, claimTime])) !== 1)
      throw new MoveRefused('another process is copying from or to one of these stores');
  }

  /** What this part of Redis calls itself, whatever address it is reached under. */
  async identity(): Promise<string> {
    return `redis/${(await this.redis.run(scripts.nameOf, [], [randomUUID()])) as string}`;
  }

  /** Redis finds keys in an order of its own, and some twice: a place is its cursor. */
  async page(kind: string, after: string | null, limit: number): Promise<MovedPage> {
    const [next, ...found] = (await this.redis.run(scripts.scanHashes, [], [after ?? '0', `${this.pattern(prefixOf(kind))}*`, limit])) as [
      string,
      ...[string, string[]][],
    ];
    const records = found.map(([key, reply]) => recordAt(kind, key.slice(prefixOf(kind).length), fieldsOf(reply)));
    return { records: unique(records.filter((record) => record !== null)), next: next === '0' ? null : next };
  }

  async read(kind: string, keys: readonly string[]): Promise<readonly MovedRecord[]> {
    if (keys.length === 0) return [];
    const ids = keys.map(idOf);
    const replies = (await this.redis.run(
      scripts.readHashes,
      ids.map((id) => prefixOf(kind) + id),
    )) as string[][];
    return replies.map((reply, index) => recordAt(kind, ids[index] as string, fieldsOf(reply))).filter((record) => record !== null);
  }

  async count(kind: string): Promise<number> {
    let count = 0;
    for (let after: string | null = null, more = true; more; ) {
      const page = await this.page(kind, after, scanCount);
      count += page.records.length;
      [after, more] = [page.next, page.next !== null];
    }
    return count;
  }

  async close(): Promise<void> {
    clearInterval(this.claiming);
    await this.redis.run(scripts.yieldMove, [], [this.claimant]).catch(() => undefined);
    await this.redis.close();
  }

  /** Of keys, with nothing in it that a pattern of Redis means otherwise. */
  private pattern(text: string): string {
    return (this.keyPrefix + text).replace(/[\\*?[\]]/g, '\\$&');
  }
}

function unique(records: readonly MovedRecord[]): MovedRecord[] {
  return [...new Map(records.map((record) => [record.key, record])).values()];
}

/** The store, once nobody else copies from or to it; closed where somebody does. Throws `MoveRefused`. */
export async function claimed<Store extends MovingRedis>(store: Store): Promise<Store> {
  try {
    await store.claim();
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}
