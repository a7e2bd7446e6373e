import { Patience } from '../../patience.js';

interface Waiting {
  readonly go: () => void;
  readonly wait: ReturnType<Patience['begin']>;
}

/** Lets so many go on at once. The others wait for their turn in the order in which they came, and give up after a time. */
export class Turns {
  private readonly patience: Patience;
  private waiting: Waiting[] = [];

  /** @param lasts milliseconds */
  constructor(
    private free: number,
    lasts: number,
  ) {
    this.patience = new Patience(lasts);
  }

  /** Calls `go` at its turn, or `giveUp` when that takes too long. Whoever went on says when it is `done`. */
  take(go: () => void, giveUp: () => void): void {
    if (this.free > 0) {
      this.free -= 1;
      go();
      return;
    }
    const wait = this.patience.begin(() => {
      this.waiting = this.waiting.filter((one) => one.wait !== wait);
      giveUp();
    });
    this.waiting.push({ go, wait });
  }

  done(): void {
    const next = this.waiting.shift();
    if (!next) {
      this.free += 1;
      return;
    }
    this.patience.end(next.wait);
    next.go();
  }
}
