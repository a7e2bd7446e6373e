import { InvalidRequest } from '../../domain/errors.js';
import type { Revocation } from '../../domain/tokens/revocation.js';
import type { RevocationRepository } from '../ports/revocation-repository.js';
import type { RevocationCursors } from './revocation-cursors.js';
import type { RevocationBatch, RevocationTail } from './revocation-tail.js';

export interface RevocationNews {
  /** What came before may be wrong or incomplete: forget everything known. */
  readonly reset: boolean;
  readonly revocations: readonly Revocation[];
  /** After these. */
  readonly cursor: string;
  readonly more: boolean;
}

/** Entries that wait for one reader at most; one that is further behind is cut off, and comes back with its cursor. */
const longestQueue = 10_000;
const pageSize = 500;

/** What was revoked, as it is revoked. */
export class FollowRevocations {
  constructor(
    private readonly log: RevocationRepository,
    private readonly tail: RevocationTail,
    private readonly cursors: RevocationCursors,
  ) {}

  /**
   * First where it begins, with nothing revoked; then what came since the cursor, or without one nothing; then once more nothing, because all that was missed
   * has been told; then more as it comes, until `signal` aborts or the
   * log cannot be read. `behind` is called when the reader does not keep up, and then it is over too. At a seam something may be told twice. Throws
   * `InvalidRequest` for a cursor that is not of this server, `StorageUnavailable`.
   */
  async *execute(cursor: string | null, signal: AbortSignal, behind: () => void): AsyncGenerator<RevocationNews> {
    const line = new Line(this.tail, signal, behind);
    try {
      // Listening begins before the log is read, so that nothing falls between the two.
      const current = await this.tail.position();
      const { reset, position } = this.start(cursor, current);
      yield* this.missed(position, reset, current);
      yield* line.news(this.cursors);
    } finally {
      line.end();
    }
  }

  /** One page of news since the cursor; while there is none, it waits for up to `wait` milliseconds. Throws as `execute` does. */
  async once(cursor: string | null, limit: number, wait: number, signal: AbortSignal): Promise<RevocationNews> {
    const over = wait > 0 ? AbortSignal.any([signal, AbortSignal.timeout(wait)]) : AbortSignal.abort();
    const line = new Line(this.tail, over);
    try {
      const current = await this.tail.position();
      const { reset, position } = this.start(cursor, current);
      const page = await this.page(position, limit, current);
      if (page.reset || reset) return { ...page, reset: true };
      if (page.revocations.length > 0 || wait === 0) return page;
      for await (const news of line.news(this.cursors)) {
        // What does not fit is asked for again: the place before it is known.
        return news.revocations.length <= limit ? news : this.page(position, limit, current);
      }
      return page;
    } finally {
      line.end();
    }
  }

  private start(cursor: string | null, current: string): { reset: boolean; position: string } {
    if (cursor === null) return { reset: false, position: current };
    const read = this.cursors.read(cursor);
    if (read === null) throw new InvalidRequest('the cursor was not made by this server; begin without one, and forget everything known');
    return read === 'old' ? { reset: true, position: current } : { reset: false, position: read.position };
  }

  private async *missed(start: string, reset: boolean, current: string): AsyncGenerator<RevocationNews> {
    yield { reset, revocations: [], cursor: this.cursors.of(start), more: false };
    let position = start;
    for (let more = true; more; ) {
      const page = await this.page(position, pageSize, current);
      if (page.reset || page.revocations.length > 0) yield page;
      ({ more, position } = page);
    }
    yield { reset: false, revocations: [], cursor: this.cursors.of(position), more: false };
  }

  private async page(position: string, limit: number, current: string): Promise<RevocationNews & { readonly position: string }> {
    const known = this.tail.since(position);
    const fromMemory = known && wholeBatches(known, position, limit);
    if (fromMemory) return { reset: false, ...fromMemory, cursor: this.cursors.of(fromMemory.position) };
    const read = await this.log.since(position, limit);
    if (read === null) return { reset: true, revocations: [], position: current, cursor: this.cursors.of(current), more: false };
    // The place of the tail, which may lie a little before what was read, is known here when its holder comes back.
    const reached = read.more ? read.position : current;
    return { reset: false, revocations: read.revocations, position: reached, cursor: this.cursors.of(reached), more: read.more };
  }
}

/** As many batches as fit; `null` when the first alone does not. */
function wholeBatches(batches: readonly RevocationBatch[], start: string, limit: number) {
  const revocations: Revocation[] = [];
  let position = start;
  for (const batch of batches) {
    if (revocations.length + batch.revocations.length > limit) return position === start ? null : { revocations, position, more: true };
    revocations.push(...batch.revocations);
    ({ position } = batch);
  }
  return { revocations, position, more: false };
}

/** What the tail tells one reader, kept until it is read. When it is over it listens no more, also while its reader does not ask for the next. */
class Line {
  private readonly queue: ({ readonly reset: boolean } & Pick<RevocationBatch, 'revocations' | 'position'>)[] = [];
  private waiting = 0;
  private over = false;
  private wake: () => void = () => undefined;
  private readonly leave: () => void;

  constructor(
    tail: RevocationTail,
    private readonly signal: AbortSignal,
    private readonly behind: () => void = () => undefined,
  ) {
    this.leave = tail.listen({
      added: ({ revocations, position }) => this.put({ reset: false, revocations, position }),
      reset: (position) => this.put({ reset: true, revocations: [], position }),
      lost: () => this.finish(),
    });
    signal.addEventListener('abort', this.finish, { once: true });
    if (signal.aborted) this.finish();
  }

  async *news(cursors: RevocationCursors): AsyncGenerator<RevocationNews> {
    while (!this.over) {
      const next = this.queue.shift();
      if (next) {
        this.waiting -= next.revocations.length;
        yield { reset: next.reset, revocations: next.revocations, cursor: cursors.of(next.position), more: false };
        continue;
      }
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }

  end(): void {
    this.finish();
  }

  private put(item: (typeof this.queue)[number]): void {
    if (this.over) return;
    this.waiting += item.revocations.length;
    this.queue.push(item);
    this.wake();
    if (this.waiting <= longestQueue) return;
    this.finish();
    this.behind();
  }

  private readonly finish = (): void => {
    this.over = true;
    this.leave();
    this.signal.removeEventListener('abort', this.finish);
    this.queue.length = 0;
    this.wake();
  };
}
