import cluster from 'node:cluster';
import { once } from 'node:events';
import type { Config } from '../config.js';
import { closingAfter } from '../infrastructure/close-all.js';
import { abortedBy } from '../infrastructure/told-to-stop.js';
import { Doors } from '../interfaces/http/doors.js';
import { listen } from '../serving/listen.js';
import { openService, type Service } from '../serving/open-service.js';
import { answerForMetrics } from './answer-for-metrics.js';
import { letIn, retire, serving } from './messages.js';

/** Serves as one of several processes, on the port that the primary holds, until the primary retires or stops it, or is gone. */
export async function serveAsWorker(config: Config, stopSignal: Promise<void>): Promise<void> {
  const retired = new Promise<void>((resolve) => process.on('message', (message) => message === retire && resolve()));
  // Node.js would end the process at once when the primary is gone; what it still answers may end.
  if (cluster.worker) cluster.worker.exitedAfterDisconnect = true;
  const stopping = Promise.race([stopSignal, once(process, 'disconnect')]);
  let service: Service | undefined;
  const work = async () => {
    service = await openService(config, abortedBy(stopping));
    if (service.metrics) answerForMetrics(service.metrics);
    const server = await listen(service, new Doors(true));
    process.on('message', (message) => message === letIn && process.send?.(letIn, undefined, undefined, () => undefined));
    if (process.connected) process.send?.(serving);
    await Promise.race([stopping, retired.then(() => server.retire(stopping))]);
    await server.drain();
  };
  await closingAfter(work, () => service?.close(), leavePrimary);
}

/** Not before the primary knows: a connection that it is just handing over goes to another worker then. */
async function leavePrimary(): Promise<void> {
  if (!process.connected) return;
  const left = once(process, 'disconnect');
  cluster.worker?.disconnect();
  await left;
}
