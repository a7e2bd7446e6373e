import type { MetricFamily } from '../infrastructure/metrics/metric-family.js';

/** What a worker tells the primary: it answers requests. */
export const serving = 'serving';

/** What the primary tells a worker: another has taken its place; leave, so that no client notices. */
export const retire = 'retire';

/** What the primary asks a worker, and what that answers: it has let in everybody whom it was handed before. */
export const letIn = 'let in';

/** What the primary asks a worker for: its numbers. `question`: which question of the primary it is, so that an answer that comes late is not taken for another. */
export interface MetricsQuestion {
  readonly ask: 'metrics';
  readonly question: number;
}

/** What the worker answers. */
export interface MetricsAnswer {
  readonly question: number;
  readonly metrics: readonly MetricFamily[];
}

/** It as it arrives, from a worker that may run another version. */
interface UnreadAnswer {
  readonly question: unknown;
  readonly metrics: unknown;
}

export function isMetricsQuestion(message: unknown): message is MetricsQuestion {
  return isObject(message) && 'ask' in message && message.ask === 'metrics';
}

export function isMetricsAnswer(message: unknown): message is UnreadAnswer {
  return isObject(message) && 'question' in message && 'metrics' in message;
}

function isObject(message: unknown): message is object {
  return typeof message === 'object' && message !== null;
}
