import { type Client, DatabaseError } from 'pg';
import { StorageUnavailable } from '../../application/ports/storage-unavailable.js';
import { inWords } from './migrate-lock-watch.js';
import { type LockPatience, pause } from './migrate-patience.js';

/** Held by whoever migrates: by every version of this program (the bytes of "keym"), and by Prisma's engine, with which versions before and `prisma migrate` apply. */
const locks = [0x6b65796d, 72707369];

/**
 * Takes them for as long as the connection lives. Asked for again and again, because a statement that waits would itself be waited for by CREATE INDEX
 * CONCURRENTLY. Throws `StorageUnavailable` when another one is at it for more than `waitForLocks`.
 */
export async function takeTurn(client: Client, { waitForLocks, stopped }: LockPatience): Promise<void> {
  const giveUpAt = performance.now() + waitForLocks;
  for (const lock of locks)
    while (!(await take(client, lock))) {
      if (performance.now() >= giveUpAt) throw await atIt(client, lock);
      await pause(200, stopped);
    }
}

async function take(client: Client, lock: number): Promise<boolean> {
  const { rows } = await client.query<{ ours: boolean }>('SELECT pg_catalog.pg_try_advisory_lock($1::bigint) AS ours', [lock]);
  return rows[0]?.ours === true;
}

async function atIt(client: Client, lock: number): Promise<StorageUnavailable> {
  const holders = `array(SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = 0 AND objid = $1 AND objsubid = 1
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))`;
  const { rows } = await client.query<{ holders: string[] }>(`SELECT ${inWords(holders)} AS holders`, [lock]).catch(unseen);
  const names = rows[0]?.holders.join(', ') ?? '';
  return new StorageUnavailable(undefined, {
    reason: `another program migrates this database${names && `: ${names}`}`,
    advice: 'start again when it is done',
  });
}

/** Of a role that may not see it. */
function unseen(error: unknown): { rows: [] } {
  if (error instanceof DatabaseError) return { rows: [] };
  throw error;
}
