import { beforeEach, expect, it } from 'vitest';
import { bounds } from '../../../src/infrastructure/metrics/duration-counts.js';
import { textOf } from '../../../src/infrastructure/metrics/metric-family.js';
import { RequestDurations } from '../../../src/infrastructure/metrics/request-durations.js';
import { seriesOf, valuesOfLabel } from '../../support/exposition.js';

const name = 'keywright_http_request_duration_seconds';

let durations: RequestDurations;
beforeEach(() => {
  durations = new RequestDurations();
});

it('has a cumulative bucket for each bound, which is inclusive, and the sum and the count of all', async () => {
  for (const seconds of [0.0001, 0.0005, 0.0006, 3, 10, 11]) durations.observe('/x/:id', 'GET', 200, seconds);
  const series = seriesOf(await textOf([durations.family()]));
  const bucket = (le: number | string) => series.get(`${name}_bucket{route="/x/:id",method="GET",status="200",le="${le}"}`);
  expect([...bounds, '+Inf'].map(bucket)).toEqual([2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4, 5, 6]);
  expect(series.get(`${name}_count{route="/x/:id",method="GET",status="200"}`)).toBe(6);
  expect(series.get(`${name}_sum{route="/x/:id",method="GET",status="200"}`)).toBeCloseTo(24.0012, 9);
});

it('has one route for every address that is not here, and one method for those that lead nowhere', async () => {
  for (let index = 0; index < 50; index += 1) durations.observe(undefined, `METHOD-${index}`, 404, 0.001);
  durations.observe('/x', 'POST', 200, 0.001);
  const text = await textOf([durations.family()]);
  expect(valuesOfLabel(text, 'route')).toEqual(new Set(['unknown', '/x']));
  expect(valuesOfLabel(text, 'method')).toEqual(new Set(['other', 'POST']));
  expect(seriesOf(text).get(`${name}_count{route="unknown",method="other",status="404"}`)).toBe(50);
});
