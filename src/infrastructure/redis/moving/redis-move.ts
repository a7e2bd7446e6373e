import { randomUUID } from 'node:crypto';
import type { ArrivingStore, LeavingStore, MovedChange, MovedPage, MovedRecord, MoveState } from '../../../application/ports/moved-store.js';
import { MoveRefused } from '../../moving/move-refused.js';
import { besideRedisKinds } from '../../moving/moved-kinds.js';
import type { MovePhase } from '../../moving/phase-watch.js';
import { RedisConnection } from '../redis-connection.js';
import { unawareName } from '../redis-keys.js';
import { usualRetention } from '../time-to-live.js';
import * as scripts from './move-scripts.js';
import { fieldsOf, prefixOf, recordAt, redisKinds } from './redis-records.js';

/** Milliseconds for which the claim of a process that was killed still counts. */
const claimTime = 15_000;
/** Milliseconds for which it is remembered that a grant has ended until what descends from it came too: longer than a copy takes. */
const endsLast = 7 * 86_400_000;
/** Keys of the move itself. */
const scanCount = 1000;

const idOf = (key: string) => (JSON.parse(key) as [string])[0];

/** A Redis as a move sees it that brings codes and tokens to it or away: `kinds` are those that move. */
class RedisRecords {
  private readonly claimant = randomUUID();
  private readonly claiming: NodeJS.Timeout;

  protected constructor(
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

class ArrivingRedis extends RedisRecords implements ArrivingStore {
  static async open(redisUrl: string, keyPrefix: string): Promise<ArrivingRedis> {
    return opened(new ArrivingRedis(new RedisConnection(redisUrl, keyPrefix), keyPrefix, besideRedisKinds.fromPostgres));
  }

  async prepare(): Promise<void> {
    if (((await this.redis.run(scripts.readMove)) as (string | null)[])[1] !== null)
      throw new MoveRefused('these keys of Redis have themselves moved elsewhere: take another REDIS_PREFIX');
    for (const kind of this.kinds)
      if ((await this.count(kind)) > 0) throw new MoveRefused(`Redis is not empty: there is something under ${prefixOf(kind)}; take another REDIS_PREFIX`);
  }

  /** Record by record; not in one step, but what is there twice is the same. */
  async apply(batches: Parameters<ArrivingStore['apply']>[0]): Promise<'applied'> {
    for (const { kind, put, remove } of batches) {
      await Promise.all(put.map(({ key, value }) => this.put(kind, idOf(key), value as Record<string, unknown>)));
      // An end that was taken back is one of a person who was let in again.
      if (remove.length > 0 && kind !== 'endedGrants')
        await this.redis.run(
          scripts.dropKeys,
          remove.map((key) => prefixOf(kind) + idOf(key)),
        );
    }
    return 'applied';
  }

  async arrive(): Promise<void> {}

  private async put(kind: string, id: string, value: Record<string, unknown>): Promise<void> {
    const key = prefixOf(kind) + id;
    const known = redisKinds[kind];
    if (known === undefined) {
      const { at, reason } = value as { at: Date; reason?: string };
      if (kind === 'endedGrants') await this.redis.run(scripts.putEnd, [key], [endsLast, at.getTime(), reason ?? '']);
      else await this.redis.run(scripts.putMark, [key], [at.getTime()]);
      return;
    }
    const { fields, expiresAt, grantId } = known.fields(value);
    const life = Math.max(0, expiresAt.getTime() - Date.now()) + usualRetention;
    await this.redis.run(scripts.putHash, [key], [life, grantId ?? '', ...Object.entries(fields).flat()]);
  }
}

class LeavingRedis extends RedisRecords implements LeavingStore {
  static async open(redisUrl: string, keyPrefix: string): Promise<LeavingRedis> {
    return opened(new LeavingRedis(new RedisConnection(redisUrl, keyPrefix), keyPrefix, besideRedisKinds.toPostgres));
  }

  async state(): Promise<MoveState | null> {
    const [destination, stage, progress] = (await this.redis.run(scripts.readMove)) as [string | null, string | null, string | null];
    if (destination === null) return null;
    return { destination, stage: stage === 'leaving' ? 'held' : (stage as MoveState['stage']), progress: JSON.parse(progress ?? '{}') };
  }

  async begin(destination: string): Promise<void> {
    await this.redis.run(scripts.beginMove, [], [destination]);
  }

  async reached(kind: string, place: string | true): Promise<void> {
    await this.redis.run(scripts.keepProgress, [], [JSON.stringify({ ...(await this.state())?.progress, [kind]: place })]);
  }

  async changes(limit: number): Promise<readonly MovedChange[]> {
    const keys = (await this.redis.run(scripts.readChanges, [], [limit])) as string[];
    return keys.map((text) => {
      const kind = this.kinds.find((one) => text.startsWith(prefixOf(one))) ?? '';
      return { id: text, kind, key: JSON.stringify([kind === '' ? text : text.slice(prefixOf(kind).length)]) };
    });
  }

  /** Notes are added at one end and taken away at the other, by this process alone. */
  async forget(changes: readonly MovedChange[]): Promise<void> {
    await this.redis.run(scripts.dropChanges, [], [changes.length]);
  }

  async noteChanged(kind: string, keys: readonly string[]): Promise<void> {
    if (keys.length > 0)
      await this.redis.run(
        scripts.addChanges,
        [],
        keys.map((key) => prefixOf(kind) + idOf(key)),
      );
  }

  /** None, where we may not ask who is there. */
  async unaware(): Promise<number> {
    const names = await this.redis.names().catch(() => []);
    return names.filter((name) => name === unawareName(this.keyPrefix)).length;
  }

  async hold(milliseconds: number): Promise<void> {
    await this.redis.run(scripts.holdMove, [], [milliseconds]);
  }

  async release(): Promise<void> {
    await this.redis.run(scripts.releaseMove);
  }

  async leave(spare: number, last: () => Promise<void>): Promise<boolean> {
    const pass = async (from: string, to: string) => (await this.redis.run(scripts.passStage, [], [spare, from, to])) === 1;
    if (!(await pass('held', 'leaving'))) return false;
    await last();
    return pass('leaving', 'moved');
  }

  async abandon(): Promise<void> {
    await this.redis.run(scripts.abandonMove);
  }
}

async function opened<Store extends RedisRecords>(store: Store): Promise<Store> {
  try {
    await store.claim();
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Opens the Redis that codes and tokens leave, for the database beside it. Throws `MoveRefused`, `StorageUnavailable`. */
export const leavingRedis = LeavingRedis.open.bind(LeavingRedis);
/** Opens the Redis that codes and tokens move to, from the database beside it. */
export const arrivingRedis = ArrivingRedis.open.bind(ArrivingRedis);

/** Asks a Redis that is left, or is to be, who decides. */
export function redisPhaseReader(redisUrl: string, keyPrefix: string): { read(): Promise<MovePhase>; close(): Promise<void> } {
  const redis = new RedisConnection(redisUrl, keyPrefix);
  return { read: async () => (await redis.run(scripts.readPhase)) as MovePhase, close: () => redis.close() };
}
