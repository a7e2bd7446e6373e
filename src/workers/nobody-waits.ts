import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { longestWait } from '../interfaces/http/doors.js';
import type { WorkerProcess } from './worker-process.js';

/**
 * Resolves in the moment in which nobody waits to be let in, as far as can be told. Those who wait, wait in the primary: a worker is handed the next one when it has let in
 * the last. So where it says that it has let in everybody, and was handed nobody since it was asked, there is nobody. Where people never stop coming, or no worker
 * answers, it resolves after two seconds; at once where all of these workers have ended.
 */
export async function nobodyWaits(workers: readonly Pick<WorkerProcess, 'handedOver' | 'letIn'>[]): Promise<void> {
  let enough = false;
  const isIdle = async (worker: (typeof workers)[number]) => {
    for (let before: number | undefined; before !== worker.handedOver && !enough; ) {
      before = worker.handedOver;
      if (!(await worker.letIn())) throw new Error('it has ended, and cannot tell');
      // Whoever knocked in the same turn as its word came is let in by the end of it.
      await nextTurn();
    }
  };
  const oneIsIdle = Promise.any(workers.map(isIdle)).catch(() => undefined);
  await Promise.race([oneIsIdle, pause(longestWait, undefined, { ref: false })]);
  enough = true;
}
