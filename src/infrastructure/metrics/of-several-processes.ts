import { type MetricFamily, type MetricSample, textOf } from './metric-family.js';

/** The numbers of one process. */
export interface ProcessNumbers {
  /** `primary`, or the process id of a worker, as the log has it. */
  readonly worker: string;
  /** `null`: it was asked, and did not tell them, or not in time. */
  readonly families: readonly MetricFamily[] | null;
}

const up = { name: 'keywright_worker_up', help: 'Whether a worker that serves told its numbers, in time and as numbers.', type: 'gauge' } as const;

/**
 * The numbers of several processes in Prometheus' text format, each with a `worker` label. They are not summed: a sum would drop by a part when a worker ends,
 * which `rate()` takes for a new start of the whole, and an average hides the worker that hangs (ADR 0040).
 */
export function textOfSeveral(processes: readonly ProcessNumbers[]): Promise<string> {
  const gathered = new Map<string, { family: MetricFamily; samples: MetricSample[] }>();
  for (const { worker, families } of processes)
    for (const family of families ?? []) {
      const one = gathered.get(family.name) ?? { family, samples: [] };
      for (const sample of family.values) one.samples.push({ ...sample, labels: { ...sample.labels, worker } });
      gathered.set(family.name, one);
    }
  const workers = processes.filter(({ worker }) => worker !== 'primary');
  const told = workers.map(({ worker, families }) => ({ labels: { worker }, value: families ? 1 : 0 }));
  return textOf([...[...gathered.values()].map(({ family, samples }) => ({ ...family, values: samples })), { ...up, values: told }]);
}
