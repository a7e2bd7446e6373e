import { expect, it } from 'vitest';
import type { MetricFamily } from '../../../src/infrastructure/metrics/metric-family.js';
import { Metrics } from '../../../src/infrastructure/metrics/metrics.js';
import { textOfSeveral } from '../../../src/infrastructure/metrics/of-several-processes.js';
import { seriesOf } from '../../support/exposition.js';
import { complaintsOfPromtool, hasPromtool } from '../../support/promtool.js';

/** As it comes over the channel of a worker. */
const sent = (families: readonly MetricFamily[]): MetricFamily[] => JSON.parse(JSON.stringify(families));
const issued = (worker: number) => `keywright_token_requests_total{grant_type="refresh_token",outcome="issued",worker="${worker}"}`;

function worker(tokens: number): Promise<readonly MetricFamily[]> {
  const metrics = new Metrics('1.2.3');
  for (let token = 0; token < tokens; token += 1) {
    metrics.answered('/oauth/token', 'POST', 200, 0.002);
    metrics.tokenRequest('refresh_token', 'issued');
  }
  return metrics.families();
}

it('keeps what each process counted apart, so that the end of one is not a drop of a sum', async () => {
  const [one, other] = [sent(await worker(3)), sent(await worker(4))];
  const both = seriesOf(
    await textOfSeveral([
      { worker: '11', families: one },
      { worker: '12', families: other },
    ]),
  );
  expect([both.get(issued(11)), both.get(issued(12))]).toEqual([3, 4]);
  const left = seriesOf(await textOfSeveral([{ worker: '12', families: other }]));
  expect([left.get(issued(11)), left.get(issued(12))]).toEqual([undefined, 4]);
});

it('shows a worker that did not answer as down, and none of its numbers', async () => {
  const series = seriesOf(
    await textOfSeveral([
      { worker: 'primary', families: sent(await worker(0)) },
      { worker: '11', families: null },
      { worker: '12', families: sent(await worker(1)) },
    ]),
  );
  expect([...series].filter(([name]) => name.startsWith('keywright_worker_up'))).toEqual([
    ['keywright_worker_up{worker="11"}', 0],
    ['keywright_worker_up{worker="12"}', 1],
  ]);
  expect([...series.keys()].filter((name) => name.includes('worker="11"'))).toEqual(['keywright_worker_up{worker="11"}']);
});

it.skipIf(!hasPromtool)('is read by promtool, which finds nothing wrong with names and units', async () => {
  const metrics = new Metrics('1.2.3');
  metrics.laneTallies.push({ verb: 'find_codes', calls: 5, statements: 2, waiting: () => 1 });
  metrics.answered('/x/:id', 'GET', 200, 0.1);
  expect(await complaintsOfPromtool(await metrics.text())).toBe('');
  const families = sent(await metrics.families());
  const text = await textOfSeveral([
    { worker: 'primary', families },
    { worker: '11', families },
    { worker: '12', families: null },
  ]);
  expect(await complaintsOfPromtool(text)).toBe('');
});
