/** Milliseconds between two looks at the clock of Redis: by how much it was set back since the last one, deadlines are too late. */
const pace = 1000;
/** So many looks without an answer: nothing comes back any more. */
const patience = 5;

/**
 * The clock of the machine on which Redis runs, whatever it says: what has to be over by a moment of ours is told Redis by its own. It is also how a connection is known
 * to be dead that does not end: the time it takes the operating system to give up what it sent is a quarter of an hour.
 */
export class RedisClock {
  /** Milliseconds since 1970 there, less those of `performance.now()` here: never more than that is. */
  private ahead = 0;
  private timer: NodeJS.Timeout | undefined;

  /** @param ask milliseconds since 1970 there. @param silent called when it has not answered for five seconds. */
  constructor(
    private readonly ask: () => Promise<number>,
    private readonly silent: () => void = () => undefined,
  ) {}

  /** Redis looked at its clock before its answer was here, so that a moment there is never told too late, and too early by the way of the answer at most. */
  async read(): Promise<void> {
    const told = await this.ask();
    this.ahead = told - performance.now();
  }

  /** A moment of `performance.now()` in milliseconds since 1970 there. */
  at(moment: number): number {
    return Math.floor(moment + this.ahead);
  }

  /** Reads it once a second from now on, and counts the looks at which the one before is not answered: a process that slept itself looks once when it wakes. */
  follow(): void {
    this.leave();
    let [waiting, looks] = [false, 0];
    const look = () => {
      looks = waiting ? looks + 1 : 0;
      if (looks === patience) this.silent();
      if (waiting) return;
      waiting = true;
      void this.read()
        .catch(() => undefined)
        .finally(() => (waiting = false));
    };
    this.timer = setInterval(look, pace).unref();
  }

  leave(): void {
    clearInterval(this.timer);
  }
}
