import cluster from 'node:cluster';

/** Marks the processes that we forked: a process manager may run Keywright in a cluster of its own. */
export const workerMark = { KEYWRIGHT_WORKER: '1' };

/** Whether this process is one of several that another Keywright forked. */
export function isWorker(): boolean {
  return cluster.isWorker && process.env.KEYWRIGHT_WORKER === workerMark.KEYWRIGHT_WORKER;
}
