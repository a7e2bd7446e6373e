/** A link in the chain of those that wait; alone when it has ended. */
export class Wait {
  before: Wait | null = null;
  after: Wait | null = null;

  constructor(
    readonly endsAt: number,
    public giveUp: (() => void) | null,
  ) {}
}

/**
 * Many waits that may all last equally long: they end in the order in which they began, so that one timer serves them all. It is left running when nobody waits, without
 * keeping the process alive: who calls alone would have it cleared and made anew with each call. What has ended refers to nothing
 * any more. In a `Set` it would: the tables that a set outgrows point to those that follow, and with one of them in the old generation, requests that were
 * answered long ago survive every collection of the young one.
 */
export class Patience {
  private first: Wait | null = null;
  private last: Wait | null = null;
  private timer: NodeJS.Timeout | undefined;

  /** @param lasts milliseconds */
  constructor(private readonly lasts: number) {}

  /** `giveUp` is called unless the wait is ended before. */
  begin(giveUp: () => void): Wait {
    const wait = new Wait(performance.now() + this.lasts, giveUp);
    wait.before = this.last;
    if (this.last) this.last.after = wait;
    else this.first = wait;
    this.last = wait;
    if (this.timer) this.timer.ref();
    else this.timer = setTimeout(this.sweep, this.lasts);
    return wait;
  }

  end(wait: Wait): void {
    if (wait.giveUp === null) return;
    if (wait.before) wait.before.after = wait.after;
    else this.first = wait.after;
    if (wait.after) wait.after.before = wait.before;
    else this.last = wait.before;
    wait.before = null;
    wait.after = null;
    wait.giveUp = null;
    if (!this.first) this.timer?.unref();
  }

  private readonly sweep = (): void => {
    this.timer = undefined;
    const now = performance.now();
    for (let wait = this.first; wait && wait.endsAt <= now; wait = this.first) {
      const { giveUp } = wait;
      this.end(wait);
      giveUp?.();
    }
    // Whoever gave up may have begun to wait anew.
    clearTimeout(this.timer);
    this.timer = this.first ? setTimeout(this.sweep, this.first.endsAt - now) : undefined;
  };
}
