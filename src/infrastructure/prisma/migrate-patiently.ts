import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds that a request waits at most behind a script that waits for a lock: less than it has patience for one itself (`connection-settings`). */
const patience = 500;

/** Milliseconds between two tries, in which requests get through. */
const rest = 1000;

/** A change of a table queues behind everybody who reads it, and everybody who comes after queues behind the change. */
const bounded = `SET LOCAL lock_timeout = ${patience};`;

/** As `prisma migrate resolve --rolled-back` notes it of a script that has changed nothing: whatever becomes of us while we wait, the next start tries it again. */
const noteUndone = 'UPDATE _prisma_migrations SET rolled_back_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL';

/** Of the migration that the engine began last; no other is under way, as the engine has its lock. */
const noteBegun =
  'UPDATE _prisma_migrations SET rolled_back_at = NULL WHERE finished_at IS NULL AND started_at = (SELECT max(started_at) FROM _prisma_migrations)';

export interface LockPatience {
  /** Milliseconds after which no further try is made. */
  readonly waitForLocks: number;
  /** Called before each further try. */
  readonly waiting: () => void;
}

/**
 * Has a migration's script run, all or nothing, again and again while somebody holds a lock that it needs, a dump for instance: no try holds requests up for longer
 * than they bear. Throws what the last one did.
 */
export async function patiently(run: (sql: string) => Promise<void>, script: string, { waitForLocks, waiting }: LockPatience): Promise<void> {
  const lastAt = performance.now() + waitForLocks;
  let failure = await failureOf(run(`${bounded}\n${script}`));
  if (!isLockTimeout(failure)) return settled(failure);
  await run(noteUndone);
  while (isLockTimeout(failure) && performance.now() < lastAt) {
    waiting();
    await pause(rest);
    // In one transaction with the script: it counts as begun when it was done.
    failure = await failureOf(run(`${bounded} ${noteBegun};\n${script}`));
  }
  if (failure !== undefined && !isLockTimeout(failure)) await run(noteBegun);
  return settled(failure);
}

/** The SQLSTATE of a lock that was not to be had in time, as Prisma's adapter hands it on. */
export function isLockTimeout(error: unknown): boolean {
  return (error as { cause?: { originalCode?: string } } | undefined)?.cause?.originalCode === '55P03';
}

async function failureOf(running: Promise<void>): Promise<unknown> {
  return running.then(
    () => undefined,
    (error: unknown) => error,
  );
}

function settled(failure: unknown): void {
  if (failure !== undefined) throw failure;
}
