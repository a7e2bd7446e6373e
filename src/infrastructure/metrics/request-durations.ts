import { bounds, DurationCounts } from './duration-counts.js';
import type { MetricFamily, MetricSample } from './metric-family.js';

const name = 'keywright_http_request_duration_seconds';
const help = 'Seconds from the arrival of a request to the end of its answer, by the pattern of its route.';

/** The methods of RFC 9110 §9 and RFC 5789 that can lead anywhere here. A caller may send any other: they are one. */
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** How long requests took, by route, method and status. None of the three is a caller's own word, so there are only so many series whatever is sent. */
export class RequestDurations {
  private readonly byRoute = new Map<string, Map<string, Map<number, DurationCounts>>>();

  observe(route: string | undefined, method: string, status: number, seconds: number): void {
    const ofRoute = within(this.byRoute, route ?? 'unknown', () => new Map());
    const ofMethod = within(ofRoute, methods.has(method) ? method : 'other', () => new Map());
    within(ofMethod, status, () => new DurationCounts()).observe(seconds);
  }

  family(): MetricFamily {
    const values = [...this.byRoute].flatMap(([route, byMethod]) =>
      [...byMethod].flatMap(([method, byStatus]) => [...byStatus].flatMap(([status, counts]) => samplesOf({ route, method, status }, counts))),
    );
    return { name, help, type: 'histogram', values };
  }
}

function within<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

function samplesOf(labels: MetricSample['labels'], counts: DurationCounts): MetricSample[] {
  const cumulative = counts.cumulative();
  return [
    ...cumulative.map((value, index) => ({ metricName: `${name}_bucket`, labels: { ...labels, le: bounds[index] ?? '+Inf' }, value })),
    { metricName: `${name}_sum`, labels, value: counts.sum },
    { metricName: `${name}_count`, labels, value: cumulative.at(-1) as number },
  ];
}
