import type { Config } from './config.js';
import type { HangUps } from './hang-ups.js';
import { closingAfter } from './infrastructure/close-all.js';
import { abortedBy, ToldToStop } from './infrastructure/told-to-stop.js';
import { begin } from './serving/begin.js';
import { listen } from './serving/listen.js';
import { mayListen } from './serving/may-listen.js';
import { openService } from './serving/open-service.js';
import { type MetricsListener, serveMetrics } from './serving/serve-metrics.js';
import { stopSignal } from './stop-signal.js';
import { isWorker } from './workers/is-worker.js';
import { serveAsWorker } from './workers/serve-as-worker.js';
import { serveWithWorkers } from './workers/serve-with-workers.js';

/** Runs the server until the process is told to stop, in as many processes as `WORKERS` says. */
export async function serve(config: Config, stdout: NodeJS.WritableStream, hangUps: HangUps): Promise<void> {
  // From the very beginning: told to stop while it starts, it must not leave a database behind.
  const told = stopSignal();
  try {
    await serveUntil(told, config, stdout, hangUps);
  } catch (error) {
    if (!(error instanceof ToldToStop)) throw error;
  }
}

async function serveUntil(told: Promise<void>, config: Config, stdout: NodeJS.WritableStream, hangUps: HangUps): Promise<void> {
  // A terminal that is closed tells its workers too, as it does when Ctrl-C is typed; they leave at the word of the primary.
  if (isWorker()) return serveAsWorker(config, told);
  const stopping = Promise.race([told, hangUps.terminalClosed]);
  if (config.workers > 1) return serveWithWorkers(config, stdout, stopping, hangUps);
  hangUps.whenAsked(() => void process.stderr.write('SIGHUP changes nothing with WORKERS=1: there is no worker to be replaced; restart the server instead\n'));
  return serveAlone(config, stdout, stopping);
}

/** Config -> store -> container -> server -> listen -> drain. */
async function serveAlone(config: Config, stdout: NodeJS.WritableStream, stopping: Promise<void>): Promise<void> {
  const service = await openService(config, abortedBy(stopping));
  let metrics: MetricsListener | undefined;
  const work = async () => {
    await mayListen(config);
    metrics = await serveMetrics(service);
    const welcome = await begin(service);
    const server = await listen(service);
    stdout.write(welcome);
    await stopping;
    await server.drain();
  };
  await closingAfter(
    work,
    () => metrics?.close(),
    () => service.close(),
  );
}
