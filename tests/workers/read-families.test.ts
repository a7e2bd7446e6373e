import { expect, it } from 'vitest';
import { Metrics } from '../../src/infrastructure/metrics/metrics.js';
import { readFamilies } from '../../src/workers/read-families.js';

/** As it comes over the channel of a worker. */
const sent = (told: unknown): unknown => JSON.parse(JSON.stringify(told));
const gauge = { name: 'keywright_mean', help: 'A mean of nothing.', type: 'gauge', values: [{ labels: {}, value: 1 }] };

it('reads all that a process tells, as it was told', async () => {
  const metrics = new Metrics('1.2.3');
  metrics.laneTallies.push({ verb: 'find_codes', calls: 5, statements: 2, waiting: () => 1 });
  metrics.answered('/x/:id', 'GET', 200, 0.1);
  const told = await metrics.families();
  const read = readFamilies(sent(told));
  expect(read?.map(({ name, type, values }) => [name, type, values.length])).toEqual(told.map(({ name, type, values }) => [name, type, values.length]));
  expect(sent(read)).toEqual(sent(told.map(({ name, help, type, values }) => ({ name, help, type, values }))));
});

it('reads that something is no number where JSON has null', () => {
  const told = { ...gauge, values: [{ labels: {}, value: Number.NaN }] };
  expect(readFamilies(sent([told]))).toEqual([told]);
});

it.each([
  ['nothing', undefined],
  ['a text', 'up 1'],
  ['one family alone', gauge],
  ['a family without values', [{ ...gauge, values: undefined }]],
  ['a value that is a text', [{ ...gauge, values: [{ labels: {}, value: '1' }] }]],
  ['a label that is an object', [{ ...gauge, values: [{ labels: { route: {} }, value: 1 }] }]],
  ['a type that Prometheus does not know', [{ ...gauge, type: 'dial' }]],
  ['a name with a line break', [{ ...gauge, name: 'keywright_mean\nforged 1' }]],
  ['a series with one', [{ ...gauge, values: [{ labels: {}, value: 1, metricName: 'a\nforged' }] }]],
])('takes %s for no numbers', (_, told) => {
  expect(readFamilies(told)).toBeNull();
});
