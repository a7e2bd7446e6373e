import { Registry } from 'prom-client';
import type { RequestMetrics } from '../../application/ports/request-metrics.js';
import type { LaneTally } from '../prisma/coalescing/lane-tally.js';
import { laneMetrics } from './lane-metrics.js';
import type { MetricFamily } from './metric-family.js';
import { processMetrics } from './process-metrics.js';
import { RequestDurations } from './request-durations.js';
import { TokenRequestCounts } from './token-request-counts.js';

/** The numbers of this process (docs/metrics.md). Making it begins to count; there is none where nobody asked for numbers. */
export class Metrics implements RequestMetrics {
  /** Where the lanes of a store that is opened put what they count. */
  readonly laneTallies: LaneTally[] = [];
  private readonly registry = new Registry();
  private readonly durations = new RequestDurations(this.registry);
  private readonly tokenRequests = new TokenRequestCounts(this.registry);

  constructor(version: string) {
    laneMetrics(this.registry, this.laneTallies);
    processMetrics(this.registry, version);
  }

  answered(route: string | undefined, method: string, status: number, seconds: number): void {
    this.durations.observe(route, method, status, seconds);
  }

  tokenRequest(grantType: string | null, outcome: string): void {
    this.tokenRequests.count(grantType, outcome);
  }

  /** In Prometheus' text format. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  /** The same as data, for the primary. The library's type of it is that of its own classes, which nothing here is made of (see `register`). */
  async families(): Promise<readonly MetricFamily[]> {
    return (await this.registry.getMetricsAsJSON()) as unknown as readonly MetricFamily[];
  }
}
