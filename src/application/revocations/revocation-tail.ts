import { setTimeout as pause } from 'node:timers/promises';
import type { Revocation } from '../../domain/tokens/revocation.js';
import type { ChangeNotices } from '../ports/change-notices.js';
import type { RevocationRepository } from '../ports/revocation-repository.js';

/** What came since one place in the log, up to another. */
export interface RevocationBatch {
  readonly from: string;
  readonly revocations: readonly Revocation[];
  readonly position: string;
}

/** Told of what the tail reads. None of the three may throw. */
export interface TailListener {
  added(batch: RevocationBatch): void;
  /** The store was set back: what was told before may be wrong. */
  reset(position: string): void;
  /** The log could not be read for too long: whoever relies on hearing at once must not any longer. */
  lost(): void;
}

/** Milliseconds between two looks at the log: when notices are heard (to be safe), when they are not, and at least; the last also between two pages. */
const pauses = { hearing: 2000, deaf: 250, least: 10 };

/** Milliseconds without a successful look after which the tail counts as lost. */
const patience = 5000;

const batchSize = 1000;

/** Entries of the recent past that are kept, so that whoever comes back soon needs no query. */
const remembered = 10_000;

/**
 * Reads the end of the log of revocations, once for everybody in this process: at every notice, and now and then without one. How often it reads has nothing
 * to do with how many listen. It begins with the first who asks.
 */
export class RevocationTail {
  private readonly listeners = new Set<TailListener>();
  private readonly stopping = new AbortController();
  private recent: RevocationBatch[] = [];
  private place: string | null = null;
  private lastRead = Number.NEGATIVE_INFINITY;
  private hearing = false;
  private woken = false;
  private ring: () => void = () => undefined;
  private running: Promise<void> | undefined;
  private reading: Promise<void> | undefined;
  private unsubscribe: () => void = () => undefined;

  constructor(
    private readonly log: RevocationRepository,
    private readonly notices: ChangeNotices,
  ) {}

  /** The place up to which everybody was told. Throws `StorageUnavailable` when the log cannot be read. */
  async position(): Promise<string> {
    this.start();
    if (this.place === null || this.isLost()) await this.read();
    return this.place as string;
  }

  listen(listener: TailListener): () => void {
    this.start();
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** What came since a place that this tail was at not long ago; `null` when it is not known here. */
  since(position: string): readonly RevocationBatch[] | null {
    if (position === this.place) return [];
    const start = this.recent.findIndex(({ from }) => from === position);
    return start < 0 ? null : this.recent.slice(start);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.unsubscribe();
    this.wake();
    await this.running;
  }

  private start(): void {
    if (this.running || this.stopping.signal.aborted) return;
    const look = (hearing: boolean) => () => {
      this.hearing = hearing;
      this.wake();
    };
    this.unsubscribe = this.notices.subscribe('revocations', { changed: look(true), resumed: look(true), lost: look(false) });
    this.running = this.follow();
  }

  private async follow(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      this.woken = false;
      await this.read().catch(() => this.tellIfLost());
      await this.untilWoken(this.hearing ? pauses.hearing : pauses.deaf);
      // Of many notices in a row each would be a query.
      await pause(pauses.least);
    }
  }

  private read(): Promise<void> {
    this.reading ??= this.readOn().finally(() => {
      this.reading = undefined;
    });
    return this.reading;
  }

  private async readOn(): Promise<void> {
    this.place ??= await this.log.latest();
    for (let more = true; more; ) {
      const from = this.place;
      const page = await this.log.since(from, batchSize);
      this.lastRead = performance.now();
      if (page === null) return this.begin(await this.log.latest());
      more = page.more;
      // A place moves on with every transaction in the database. It is kept while nothing was added, so that whoever holds it is known again.
      if (page.revocations.length > 0) this.tell({ from, revocations: page.revocations, position: page.position });
      // A store inside this process answers without letting anybody else have a turn: listeners must be able to pass on one page before the next.
      if (more) await pause(pauses.least);
    }
  }

  private tell(batch: RevocationBatch): void {
    this.place = batch.position;
    this.recent.push(batch);
    let kept = this.recent.reduce((sum, { revocations }) => sum + revocations.length, 0);
    while (kept > remembered) kept -= this.recent.shift()?.revocations.length ?? 0;
    for (const listener of [...this.listeners]) listener.added(batch);
  }

  private begin(position: string): void {
    this.place = position;
    this.recent = [];
    for (const listener of [...this.listeners]) listener.reset(position);
  }

  private isLost(): boolean {
    return performance.now() - this.lastRead > patience;
  }

  private tellIfLost(): void {
    if (this.isLost()) for (const listener of [...this.listeners]) listener.lost();
  }

  private wake(): void {
    this.woken = true;
    this.ring();
  }

  /** At once when that happened since the last look began. */
  private async untilWoken(atMost: number): Promise<void> {
    if (this.woken) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, atMost).unref();
      this.ring = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
