interface Wait {
  readonly endsAt: number;
  readonly giveUp: () => void;
}

/** Many waits that may all last equally long: they end in the order in which they began, so that one timer serves them all. */
export class Patience {
  private readonly waits = new Set<Wait>();
  private timer: NodeJS.Timeout | undefined;

  /** @param lasts milliseconds */
  constructor(private readonly lasts: number) {}

  /** `giveUp` is called unless the wait is ended before. */
  begin(giveUp: () => void): Wait {
    const wait = { endsAt: performance.now() + this.lasts, giveUp };
    this.waits.add(wait);
    this.timer ??= setTimeout(this.sweep, this.lasts);
    return wait;
  }

  end(wait: Wait): void {
    this.waits.delete(wait);
    if (this.waits.size > 0) return;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private readonly sweep = (): void => {
    this.timer = undefined;
    const now = performance.now();
    for (const wait of this.waits) {
      if (wait.endsAt > now) {
        this.timer = setTimeout(this.sweep, wait.endsAt - now);
        return;
      }
      this.waits.delete(wait);
      wait.giveUp();
    }
  };
}
