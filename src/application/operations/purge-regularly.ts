import type { PurgeExpired } from './purge-expired.js';

/** Milliseconds between the end of one purge and the beginning of the next. */
const pause = 60_000;

/** Purges again and again until stopped. `stop` resolves when the step under way is done. `failed` is told of a purge that threw; the next one comes all the same. */
export function purgeRegularly(purgeExpired: PurgeExpired, failed: (error: unknown) => void): { stop: () => Promise<void> } {
  let stopped = false;
  let current = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const next = () => {
    timer = setTimeout(() => {
      current = purgeExpired
        .execute(() => stopped)
        .then(() => {}, failed)
        .then(() => (stopped ? undefined : next()));
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
