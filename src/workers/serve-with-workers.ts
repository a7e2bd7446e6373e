import cluster from 'node:cluster';
import type { Config } from '../config.js';
import type { HangUps } from '../hang-ups.js';
import { closingAfter } from '../infrastructure/close-all.js';
import { abortedBy } from '../infrastructure/told-to-stop.js';
import { CommandFailure, exitCodes } from '../interfaces/cli/exit-codes.js';
import { begin } from '../serving/begin.js';
import { mayListen } from '../serving/may-listen.js';
import { openService } from '../serving/open-service.js';
import { type MetricsListener, serveMetrics } from '../serving/serve-metrics.js';
import { metricsOfAll } from './metrics-of-all.js';
import { workerFlags } from './worker-flags.js';
import { Workers } from './workers.js';

/** Holds the port and the embedded database, does what must happen once, and lets workers serve. SIGHUP replaces them one after another, once they are up. */
export async function serveWithWorkers(config: Config, stdout: NodeJS.WritableStream, stopping: Promise<void>, hangUps: HangUps): Promise<void> {
  if (!cluster.isPrimary) throw new CommandFailure('WORKERS must be 1 where another program runs Keywright in a cluster', exitCodes.configuration);
  let workers: Workers | undefined;
  const service = await openService(config, abortedBy(stopping));
  const { metrics } = service;
  let listener: MetricsListener | undefined;
  const work = async () => {
    await mayListen(config);
    listener = await serveMetrics(service, metrics && (() => metricsOfAll(metrics, workers)));
    const welcome = await begin(service);
    cluster.setupPrimary({ execArgv: workerFlags(process.execArgv, process.env.NODE_OPTIONS) });
    const up = await Workers.start(config.workers, (line) => void process.stderr.write(`${line}\n`));
    workers = up;
    stdout.write(welcome);
    hangUps.whenAsked(() => void up.replaceAll());
    await Promise.race([stopping, up.failed]);
  };
  await closingAfter(
    work,
    () => workers?.stop(),
    () => listener?.close(),
    () => service.close(),
  );
}
