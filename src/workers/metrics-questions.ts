import type { Worker } from 'node:cluster';
import type { MetricFamily } from '../infrastructure/metrics/metric-family.js';
import { isMetricsAnswer, type MetricsQuestion } from './messages.js';
import { readFamilies } from './read-families.js';

/** Milliseconds; Prometheus waits for ten seconds unless it was told otherwise (`scrape_timeout`), and the other workers' numbers must come in time. */
const patience = 2000;

/** Asks one worker for its numbers. */
export class MetricsQuestions {
  private last = 0;
  private readonly open = new Map<number, (families: readonly MetricFamily[] | null) => void>();

  constructor(private readonly worker: Worker) {
    worker.on('message', (message) => {
      if (isMetricsAnswer(message) && typeof message.question === 'number') this.open.get(message.question)?.(readFamilies(message.metrics));
    });
    worker.on('exit', () => {
      for (const answer of this.open.values()) answer(null);
    });
  }

  /** `null` when it does not answer in time, because it hangs or has just ended, or answers what are no numbers. */
  ask(): Promise<readonly MetricFamily[] | null> {
    this.last += 1;
    const question: MetricsQuestion = { ask: 'metrics', question: this.last };
    return new Promise<readonly MetricFamily[] | null>((resolve) => {
      const timer = setTimeout(() => resolve(null), patience);
      this.open.set(question.question, (families) => {
        clearTimeout(timer);
        resolve(families);
      });
      // Nothing can be said to it any more: its end answers.
      this.worker.send(question, () => undefined);
    }).finally(() => this.open.delete(question.question));
  }
}
