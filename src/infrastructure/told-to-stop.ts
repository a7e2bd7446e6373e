/** Thrown where a start waits for others and the process is told to stop: nothing was begun that is not finished. */
export class ToldToStop extends Error {
  constructor() {
    super('the process is told to stop');
    this.name = 'ToldToStop';
  }
}

/** Aborted with `ToldToStop` as soon as `stopping` resolves. */
export function abortedBy(stopping: Promise<unknown>): AbortSignal {
  const stop = new AbortController();
  void stopping.then(() => stop.abort(new ToldToStop()));
  return stop.signal;
}
