import { integers, texts } from './coalescing/binary-array.js';
import type { Lane } from './coalescing/lane.js';
import type { Lanes } from './coalescing/lanes.js';
import type { Statements } from './statements.js';

/** A number that counts until a moment (milliseconds since 1970), and then starts anew. */
export interface Count {
  readonly points: number;
  readonly expire: number;
}

/** What is added to the count of a key; `expire`: until when it counts, if it starts now. */
export interface CountChange extends Count {
  readonly key: string;
}

/**
 * In the order of the keys, so that two statements at once never wait for each other. Commits without waiting for the disk: a crash that loses the counts of
 * its last moments gives nobody much, and every sign-in would hold up the tokens that are committed beside it.
 */
const add = `
  INSERT INTO attempt_counts AS kept (key, points, expire)
  SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[]) AS change (key, points, expire) ORDER BY key
  ON CONFLICT (key) DO UPDATE SET
    points = EXCLUDED.points + CASE WHEN kept.expire > $4::bigint THEN kept.points ELSE 0 END,
    expire = CASE WHEN kept.expire > $4::bigint THEN kept.expire ELSE EXCLUDED.expire END
  RETURNING key, points, expire, set_config('synchronous_commit', 'off', true)`;

/** Milliseconds for which what is taken off a count waits for somebody to travel with. */
const patience = 100;

/**
 * Counts in PostgreSQL. Changes that come together travel in one statement: those of a sign-in, which concern several budgets, and those of many callers. What
 * is taken off is in less of a hurry: it goes with whatever is added next.
 */
export class AttemptCounts {
  private readonly lane: Lane<CountChange, Count>;
  private waiting: (() => void)[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly statements: Statements,
    lanes: Lanes,
  ) {
    this.lane = lanes.for('add_to_attempt_counts', (changes) => this.changeAll(changes));
  }

  /** The count after the change, which no two changes share. */
  change(change: CountChange): Promise<Count> {
    if (change.points < 0) {
      this.timer ??= setTimeout(() => this.letGo(), patience).unref();
      return new Promise((resolve) => this.waiting.push(() => resolve(this.lane.call(change))));
    }
    // Before it, or it would be counted on top of what was given back already.
    this.letGo();
    return this.lane.call(change);
  }

  private letGo(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    for (const go of this.waiting.splice(0)) go();
  }

  private async changeAll(changes: readonly CountChange[]): Promise<Count[]> {
    const sums = new Map<string, CountChange>();
    for (const change of changes) sums.set(change.key, { ...change, points: change.points + (sums.get(change.key)?.points ?? 0) });
    const summed = [...sums.values()];
    const values = [
      texts.array([...sums.keys()]),
      integers.array(summed.map(({ points }) => points)),
      integers.array(summed.map(({ expire }) => expire)),
      Date.now(),
    ];
    const rows = await this.statements.query<Row>('add_to_attempt_counts', add, values);
    // As if those of one key had come one after the other.
    const counts = new Map(rows.map(({ key, points, expire }) => [key, { points: points - (sums.get(key)?.points ?? 0), expire: Number(expire) }]));
    return changes.map(({ key, points }) => {
      const count = counts.get(key) as { points: number; expire: number };
      count.points += points;
      return { ...count };
    });
  }
}

interface Row {
  readonly key: string;
  readonly points: number;
  /** A bigint, which the driver leaves as text. */
  readonly expire: string;
}
