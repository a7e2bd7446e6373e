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
