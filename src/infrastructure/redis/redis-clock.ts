/** Milliseconds between two looks at the clock of Redis: by how much it was set back since the last one, deadlines are too late. */
const pace = 1000;

/** The clock of the machine on which Redis runs, whatever it says: what has to be over by a moment of ours is told Redis by its own. */
export class RedisClock {
  /** Milliseconds since 1970 there, less those of `performance.now()` here: never more than that is. */
  private ahead = 0;
  private timer: NodeJS.Timeout | undefined;

  /** `ask`: milliseconds since 1970 there. */
  constructor(private readonly ask: () => Promise<number>) {}

  /** Redis looked at its clock before its answer was here, so that a moment there is never told too late, and too early by the way of the answer at most. */
  async read(): Promise<void> {
    const told = await this.ask();
    this.ahead = told - performance.now();
  }

  /** A moment of `performance.now()` in milliseconds since 1970 there. */
  at(moment: number): number {
    return Math.floor(moment + this.ahead);
  }

  /** Reads it once a second from now on. */
  follow(): void {
    this.leave();
    this.timer = setInterval(() => void this.read().catch(() => undefined), pace).unref();
  }

  leave(): void {
    clearInterval(this.timer);
  }
}
