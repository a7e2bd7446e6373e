import type { Metrics } from '../infrastructure/metrics/metrics.js';
import { isMetricsQuestion, type MetricsAnswer } from './messages.js';

/** Tells the primary the numbers of this worker whenever it asks. Numbers that cannot be read are not told, which the primary shows; they must not end the worker. */
export function answerForMetrics(metrics: Metrics): void {
  process.on('message', (message) => {
    if (!isMetricsQuestion(message)) return;
    const tell = (answer: MetricsAnswer) => {
      // The primary may be gone meanwhile: then nobody waits for it.
      process.send?.(answer, undefined, undefined, () => undefined);
    };
    metrics.families().then(
      (families) => tell({ question: message.question, metrics: families }),
      () => undefined,
    );
  });
}
