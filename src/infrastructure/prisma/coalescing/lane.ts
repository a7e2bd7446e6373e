import { StorageUnavailable } from '../../../application/ports/storage-unavailable.js';
import { deadline } from '../../answering-in-time.js';
import { Patience } from '../../patience.js';
import { concernsRows } from '../is-unavailability.js';
import type { LaneTally } from './lane-tally.js';

export interface LaneLimits {
  /** The most calls that one statement carries. */
  readonly largestBatch: number;
  /** Statements that may be under way at once. Beyond the first only while the others are slow. */
  readonly mostUnderWay: number;
}

/** Far fewer bytes than PostgreSQL takes in a message, and soon over. */
export const coalesced: LaneLimits = { largestBatch: 200, mostUnderWay: 4 };
/** Every call is a statement of its own. */
export const oneByOne: LaneLimits = { largestBatch: 1, mostUnderWay: Number.POSITIVE_INFINITY };

/** The fewest for which a second statement leaves while one is under way: what one commits, the other reads and checks. Fewer would cost more than they save. */
const company = 8;
/**
 * Of all callers, the part that one statement carries at most, and that makes a second one leave beside it, when that is `company`. With all in one, this process
 * would wait for PostgreSQL, and then PostgreSQL for it; with less in each, there would be more statements than it takes to keep both at work.
 */
const fairShare = 1 / 2;
/** What is left, after a statement, of how many callers there seemed to be: they may be fewer by now. */
const remembered = 0.98;

/** Milliseconds after which a statement counts as slow, and the next does not wait for it: it may hang on a lock that concerns one row of it. */
const slow = 50;

interface Call<Input, Output> {
  readonly input: Input;
  readonly keys: readonly string[];
  readonly arrivedAt: number;
  readonly resolve: (output: Output) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Gathers calls of one verb while a statement of it is under way; the next statement carries them all, and each call hears its own outcome when that is
 * committed. A lane that has nothing under way sends at once, with whatever else arrived in the same turn of the event loop.
 */
export class Lane<Input, Output> {
  private waiting: Call<Input, Output>[] = [];
  private underWay: (readonly Call<Input, Output>[])[] = [];
  private readonly patience = new Patience(slow);
  private slowOnes = 0;
  /** The most calls that were on their way at once, lately. */
  private crowd = 0;
  /** Of those who wait, how many were found to share a key with what is under way: looking at them again is in vain until some of it has come back. */
  private heldBack = 0;
  private scheduled = false;

  /**
   * `send` answers one output for each input, in their order, all of one transaction. `keysOf`: calls that share a key never travel together, nor while
   * another of them does, so that they happen one after the other as if they had come alone. `tally`: what is counted here; left out, nothing is.
   */
  constructor(
    private readonly send: (inputs: readonly Input[]) => Promise<readonly Output[]>,
    private readonly limits: LaneLimits,
    private readonly keysOf: (input: Input) => readonly string[] = () => [],
    private readonly tally?: LaneTally,
  ) {
    if (tally) tally.waiting = () => this.waiting.length;
  }

  call(input: Input): Promise<Output> {
    if (this.tally) this.tally.calls += 1;
    return new Promise((resolve, reject) => {
      this.waiting.push({ input, keys: this.keysOf(input), arrivedAt: performance.now(), resolve, reject });
      if (this.isFull()) this.leave();
      this.schedule();
    });
  }

  /** Nobody is waited for who may come yet in this turn of the event loop, in which others may have to be answered first. */
  private isFull(): boolean {
    return this.crowd > company && this.waiting.length - this.heldBack >= Math.max(this.share(), this.needed());
  }

  private schedule(): void {
    if (this.scheduled || this.waiting.length === 0) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.crowd = Math.max(this.crowd, this.onTheirWay());
      while (this.waiting.length >= this.needed() && this.leave());
    });
  }

  /** How many must be waiting for a statement to leave now. */
  private needed(): number {
    if (this.underWay.length >= this.limits.mostUnderWay) return Number.POSITIVE_INFINITY;
    const quick = this.underWay.length - this.slowOnes;
    if (quick === 0 || this.limits.largestBatch === 1) return 1;
    return quick === 1 ? this.share() : Number.POSITIVE_INFINITY;
  }

  /** How many one statement carries at most. */
  private share(): number {
    return Math.min(this.limits.largestBatch, Math.max(company, Math.ceil(this.crowd * fairShare)));
  }

  private onTheirWay(): number {
    return this.underWay.reduce((sum, one) => sum + one.length, this.waiting.length);
  }

  private leave(): boolean {
    this.crowd = Math.max(this.crowd, this.onTheirWay());
    const batch = this.nextBatch();
    if (batch.length > 0) this.depart(batch);
    return batch.length > 0;
  }

  private nextBatch(): Call<Input, Output>[] {
    const batch: Call<Input, Output>[] = [];
    const later: Call<Input, Output>[] = [];
    const taken = new Set<string>();
    if (this.limits.largestBatch > 1) for (const one of this.underWay) for (const { keys } of one) for (const key of keys) taken.add(key);
    const most = this.share();
    const now = performance.now();
    this.heldBack = 0;
    for (const call of this.waiting) {
      // Its caller was told already that it took too long.
      if (now - call.arrivedAt > deadline) call.reject(new StorageUnavailable(new Error('waited too long to be sent')));
      else if (batch.length >= most) later.push(call);
      else if (call.keys.some((key) => taken.has(key))) {
        later.push(call);
        this.heldBack += 1;
      } else {
        batch.push(call);
        for (const key of call.keys) taken.add(key);
      }
    }
    this.waiting = later;
    return batch;
  }

  private async depart(batch: readonly Call<Input, Output>[]): Promise<void> {
    this.underWay.push(batch);
    this.crowd *= remembered;
    let isSlow = false;
    const wait = this.patience.begin(() => {
      isSlow = true;
      this.slowOnes += 1;
      this.schedule();
    });
    await this.settle(batch);
    this.patience.end(wait);
    if (isSlow) this.slowOnes -= 1;
    this.underWay = this.underWay.filter((one) => one !== batch);
    this.heldBack = 0;
    this.schedule();
  }

  /** A refused statement has changed nothing: what it carried is sent again, each call by itself, and is refused by itself. */
  private async settle(batch: readonly Call<Input, Output>[]): Promise<void> {
    try {
      if (this.tally) this.tally.statements += 1;
      const outputs = await this.send(batch.map(({ input }) => input));
      for (const [index, call] of batch.entries()) call.resolve(outputs[index] as Output);
    } catch (error) {
      if (batch.length > 1 && concernsRows(error)) await Promise.all(batch.map((call) => this.settle([call])));
      else for (const call of batch) call.reject(error);
    }
  }
}
