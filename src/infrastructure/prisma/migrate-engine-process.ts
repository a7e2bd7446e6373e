import { StorageUnavailable } from '../../application/ports/storage-unavailable.js';
import { applyWithEngine } from './migrate-engine.js';
import type { LockPatience } from './migrate-patiently.js';

/** What `applyApart` asks of this process, over the channel between them: a password does not belong on a command line. */
export interface EngineQuestion extends Pick<LockPatience, 'waitForLocks'> {
  readonly databaseUrl: string;
  readonly folder: string;
}

/** `waiting` comes before the answer, or not; `away`: to try again helps. */
export type EngineMessage =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'applied'; readonly names: readonly string[] }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'away'; readonly reason: string; readonly advice: string };

process.once('message', async ({ databaseUrl, folder, waitForLocks }: EngineQuestion) => {
  const say = (message: EngineMessage, then: () => void = () => undefined) => process.send?.(message, then);
  // Who asked has gone, and the next start needs the engine's lock. Between two tries nothing is half done.
  const waiting = () => (process.connected ? say({ kind: 'waiting' }) : process.exit());
  const answer = await applyWithEngine(databaseUrl, folder, { waitForLocks, waiting }).then(
    (names): EngineMessage => ({ kind: 'applied', names }),
    (error: Error): EngineMessage =>
      error instanceof StorageUnavailable ? { kind: 'away', reason: error.message, advice: error.advice ?? '' } : { kind: 'refused', reason: error.message },
  );
  // The engine leaves a timer of ten seconds behind, that of its lock; nobody waits for it.
  say(answer, () => process.exit());
});
