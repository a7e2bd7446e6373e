import type { Turn } from '../../application/ports/password-hasher.js';
import { FairLine, type Waiting } from './fair-line.js';

const somebody: Turn = { of: '', known: false };

/**
 * Runs at most `atOnce` pieces of work together. The rest waits: first those who are known, then strangers, each in a fair line of at most `mostWaiting`;
 * whoever finds no place is refused with what `refusal` makes.
 */
export class WorkQueue {
  private running = 0;
  private readonly known: FairLine;
  private readonly strangers: FairLine;

  constructor(
    private readonly atOnce: number,
    mostWaiting: number,
    private readonly refusal: () => Error,
  ) {
    this.known = new FairLine(mostWaiting);
    this.strangers = new FairLine(mostWaiting);
  }

  async run<T>(work: () => Promise<T>, turn: Turn = somebody): Promise<T> {
    await this.place(turn);
    try {
      return await work();
    } finally {
      this.passOn();
    }
  }

  /** How many wait for a place. */
  get waiting(): number {
    return this.known.length + this.strangers.length;
  }

  private async place({ of: lane, known }: Turn): Promise<void> {
    if (this.running < this.atOnce) {
      this.running += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const waiting: Waiting = { proceed: resolve, refuse: () => reject(this.refusal()) };
      (known ? this.known : this.strangers).join(lane, waiting);
    });
  }

  /** The place goes straight to the next in line, so that nobody who comes later can take it in between. */
  private passOn(): void {
    const next = this.known.next() ?? this.strangers.next();
    if (next === undefined) this.running -= 1;
    else next.proceed();
  }
}
