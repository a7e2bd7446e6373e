import type { Client } from 'pg';
import { StorageUnavailable } from '../../application/ports/storage-unavailable.js';
import type { MigrationScript } from './migrate-folder.js';
import { LockOrder } from './migrate-lock-order.js';
import { goOn, type LockWait } from './migrate-lock-watch.js';
import { type LockPatience, pause } from './migrate-patience.js';
import { applyScript } from './migrate-script.js';

/** Milliseconds between two tries, in which requests get through. */
const rest = 1000;

/**
 * Applies a migration as soon as it gets the locks that it needs. Where a try did not, those who held them are waited for without asking for a lock, so that
 * requests pass while a dump goes on; a vacuum is waited for in its own mode, and the next try begins with what the last one waited for. Throws `StorageUnavailable` when they stay.
 */
export async function applyPatiently(
  client: Client,
  script: MigrationScript,
  lastSeen: () => LockWait | undefined,
  { waitForLocks, log, stopped }: LockPatience,
) {
  stopped?.throwIfAborted();
  const order = new LockOrder();
  let giveUpAt: number | undefined;
  let wait: LockWait | undefined;
  while (!(await applyScript(client, script, order))) {
    // What was not seen this time is as it was: nobody is asked for over and over.
    wait = lastSeen() ?? wait;
    if (giveUpAt === undefined) log?.(`${script.name} waits, for ${seconds(waitForLocks)} at most, and requests go on: ${held(wait)}`);
    giveUpAt ??= performance.now() + waitForLocks;
    order.gaveUp(wait);
    do {
      if (performance.now() >= giveUpAt) throw stillHeld(script.name, wait, waitForLocks);
      await pause(rest, stopped);
    } while (await goOn(client, wait?.transactions ?? []));
  }
}

function held(wait: LockWait | undefined): string {
  return wait === undefined ? 'others hold what it changes' : `${wait.name ?? 'what it changes'} is held by ${wait.holders.join(', ')}`;
}

function stillHeld(migration: string, wait: LockWait | undefined, waited: number): StorageUnavailable {
  return new StorageUnavailable(undefined, {
    reason: `${migration} could not be applied in ${seconds(waited)}, and changed nothing: ${held(wait)}`,
    advice: `start again when they are done, or end them: ${endings(wait).join('; ')}`,
  });
}

/** SQL that ends those who hold it. */
function endings(wait: LockWait | undefined): readonly string[] {
  const prepared = wait?.prepared.map((name) => `ROLLBACK PREPARED ${name}`) ?? [];
  const isHeldByProcess = wait?.holders.some((holder) => holder.startsWith('pid ')) ?? true;
  return isHeldByProcess ? [...prepared, 'SELECT pg_terminate_backend(pid)'] : prepared;
}

function seconds(milliseconds: number): string {
  return `${Math.ceil(milliseconds / 1000)} s`;
}
