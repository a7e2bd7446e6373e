import { setTimeout as pause } from 'node:timers/promises';
import { StorageUnavailable } from '../../application/ports/storage-unavailable.js';

/**
 * - `old`: everything is decided in the old store.
 * - `held`: nothing is decided anywhere, for about a second, until it is one of the others.
 * - `new`: everything is decided in the new store, for ever.
 */
export type MovePhase = 'old' | 'held' | 'new';

/** Milliseconds for which what was read about the phase may be relied on, from the moment of asking. Whoever ends phase `old` waits that long first. */
export const leaseTime = 1000;
/** Milliseconds between two readings, and for which a verb waits to be told where it belongs. */
const times = { between: 150, patience: 20_000 };

/** Knows which of two stores decides, and never relies on what may have changed. */
export class PhaseWatch {
  private phase: MovePhase = 'held';
  private goodUntil = 0;
  private readonly closing = new AbortController();
  private readonly waiting = new Set<() => void>();
  private readonly watching: Promise<void>;
  /** Why nothing is decided, as whoever waits in vain is told. */
  private failure = new StorageUnavailable(new Error('the phase of the move is not known yet'));

  constructor(
    private readonly read: () => Promise<MovePhase>,
    private readonly moved: () => void = () => undefined,
  ) {
    this.watching = this.watch();
  }

  /** Where to decide what is asked just now: waits while nothing is decided. Throws `StorageUnavailable` when that takes too long. */
  async store(): Promise<'old' | 'new'> {
    const deadline = performance.now() + times.patience;
    for (;;) {
      const decided = this.decided();
      if (decided !== null) return decided;
      if (performance.now() > deadline || this.closing.signal.aborted) throw this.failure;
      await this.news(deadline - performance.now());
    }
  }

  /** The same without waiting; `null`: not for certain. */
  decided(): 'old' | 'new' | null {
    if (this.phase === 'new') return 'new';
    return this.phase === 'old' && performance.now() < this.goodUntil ? 'old' : null;
  }

  /** What was known is wrong: the store itself said so. */
  doubt(): void {
    this.goodUntil = 0;
  }

  async close(): Promise<void> {
    this.closing.abort();
    this.tell();
    await this.watching;
  }

  private async watch(): Promise<void> {
    while (!this.closing.signal.aborted && this.phase !== 'new') {
      const asked = performance.now();
      try {
        this.phase = await this.read();
        this.goodUntil = asked + leaseTime;
        this.failure = new StorageUnavailable(new Error('the store is being moved, which took longer than it should'));
        if (this.phase === 'new') this.moved();
      } catch (error) {
        this.failure = error instanceof StorageUnavailable ? error : new StorageUnavailable(error);
      }
      this.tell();
      if (this.phase !== 'new') await pause(times.between, undefined, { signal: this.closing.signal, ref: false }).catch(() => undefined);
    }
  }

  private async news(atMost: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, atMost);
      const told = () => {
        clearTimeout(timer);
        this.waiting.delete(told);
        resolve();
      };
      this.waiting.add(told);
    });
  }

  private tell(): void {
    for (const told of [...this.waiting]) told();
  }
}
