/** Work done one after the other beside the answers, so that how long an answer takes says nothing about it. What is waiting is lost with the process. */
export class AfterTheAnswer {
  private last: Promise<void> = Promise.resolve();
  private waiting = 0;
  /** Told of what failed. */
  failed: (error: unknown) => void = () => {};

  constructor(private readonly most = 1000) {}

  do(work: () => Promise<void>): void {
    if (this.waiting >= this.most) {
      this.failed(new Error(`${this.most} pieces of work are waiting; one was dropped`));
      return;
    }
    this.waiting += 1;
    this.last = this.last
      .then(() => new Promise((resolve) => setImmediate(resolve)))
      .then(work)
      .catch((error: unknown) => this.failed(error))
      .then(() => {
        this.waiting -= 1;
      });
  }

  /** Resolves when everything that was waiting is done. */
  async settled(): Promise<void> {
    await this.last;
  }
}
