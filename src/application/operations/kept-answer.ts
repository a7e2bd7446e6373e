/**
 * The answer to a question that many ask, kept for a while: whoever asks while it is under way waits for the same one, and a failure is not kept, so that the
 * next asks again. What is kept is the asking, not its result: what was begun before `forget` is never taken for newer.
 */
export class KeptAnswer<T> {
  private last: { readonly answer: Promise<T>; readonly at: number } | null = null;

  /** `now`: milliseconds, of a clock that may be set back. */
  constructor(
    private readonly ask: () => Promise<T>,
    private readonly now: () => number,
  ) {}

  /** An answer that was asked for less than `freshness` milliseconds ago. Fails as the question does. */
  get(freshness: number): Promise<T> {
    const now = this.now();
    if (this.last && Math.abs(now - this.last.at) < freshness) return this.last.answer;
    const asked = { answer: this.ask(), at: now };
    this.last = asked;
    asked.answer.catch(() => {
      if (this.last === asked) this.last = null;
    });
    return asked.answer;
  }

  forget(): void {
    this.last = null;
  }
}
