/** A task that is done again and again. */
export interface Regular {
  /** No further round begins; resolves when the one under way is done. */
  stop(): Promise<void>;
}

/**
 * Does `task` again and again, `pause` milliseconds after the last round ended, until stopped. A long task may ask `stopping` whether it should
 * break off. `failed` is told of a round that threw; the next one comes all the same.
 */
export function regularly(task: (stopping: () => boolean) => Promise<unknown>, pause: number, failed: (error: unknown) => void): Regular {
  let stopped = false;
  let current = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const round = async () => {
    await task(() => stopped).then(() => {}, failed);
    if (!stopped) next();
  };
  const next = () => {
    timer = setTimeout(() => {
      current = round();
    }, pause).unref();
  };
  next();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await current;
    },
  };
}
