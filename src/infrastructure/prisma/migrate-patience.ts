import { setTimeout } from 'node:timers/promises';

export interface LockPatience {
  /** Milliseconds for which what others hold is waited for. */
  readonly waitForLocks: number;
  /** Told, in a line, that it is. */
  readonly log?: ((line: string) => void) | undefined;
  /** Ends the wait; its reason is thrown. */
  readonly stopped?: AbortSignal | undefined;
}

/** Milliseconds between two tries. */
export async function pause(milliseconds: number, stopped?: AbortSignal): Promise<void> {
  await setTimeout(milliseconds, undefined, { signal: stopped }).catch(() => undefined);
  stopped?.throwIfAborted();
}

/**
 * What is asked of the database and changes nothing, while somebody may hold it: given up when `stopped`. PostgreSQL does not hear that; the connection has to be closed
 * afterwards, and its answer is for nobody.
 */
export async function unlessStopped<T>(reading: Promise<T>, stopped?: AbortSignal): Promise<T> {
  if (!stopped) return reading;
  return new Promise((resolve, reject) => {
    const stop = () => reject(stopped.reason);
    if (stopped.aborted) stop();
    stopped.addEventListener('abort', stop, { once: true });
    reading.then(resolve, reject).finally(() => stopped.removeEventListener('abort', stop));
  });
}
