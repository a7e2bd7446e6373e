import { setTimeout as pause } from 'node:timers/promises';

const first = 100;
const longest = 5_000;

/** How long to wait before trying again: longer each time, and never the same for all who lost the same server. */
export class Pauses {
  private readonly ending = new AbortController();
  private length = first;
  private least = 0;

  /** As after a success. */
  reset(): void {
    this.length = first;
  }

  /** The next one is not shorter; seconds. */
  atLeast(seconds: number): void {
    this.least = Math.min(seconds, 60) * 1000;
  }

  /** Resolves when it is over, or when `end` is called. Does not keep the process from ending. */
  async next(): Promise<void> {
    const milliseconds = Math.max(this.least, this.length * (0.5 + Math.random() / 2));
    this.length = Math.min(this.length * 2, longest);
    this.least = 0;
    await pause(milliseconds, undefined, { signal: this.ending.signal, ref: false }).catch(() => {});
  }

  end(): void {
    this.ending.abort();
  }
}
