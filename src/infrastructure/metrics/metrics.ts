import type { RequestMetrics } from '../../application/ports/request-metrics.js';
import type { LaneTally } from '../prisma/coalescing/lane-tally.js';
import { laneMetrics } from './lane-metrics.js';
import { type MetricFamily, textOf } from './metric-family.js';
import { ProcessMetrics } from './process-metrics.js';
import { RequestDurations } from './request-durations.js';
import { TokenRequestCounts } from './token-request-counts.js';

/** The numbers of this process (docs/metrics.md). Making it begins to count; there is none where nobody asked for numbers. */
export class Metrics implements RequestMetrics {
  /** Where the lanes of a store that is opened put what they count. */
  readonly laneTallies: LaneTally[] = [];
  private readonly durations = new RequestDurations();
  private readonly tokenRequests = new TokenRequestCounts();
  private readonly process: ProcessMetrics;

  constructor(version: string) {
    this.process = new ProcessMetrics(version);
  }

  answered(route: string | undefined, method: string, status: number, seconds: number): void {
    this.durations.observe(route, method, status, seconds);
  }

  tokenRequest(grantType: string | null, outcome: string): void {
    this.tokenRequests.count(grantType, outcome);
  }

  /** In Prometheus' text format. */
  async text(): Promise<string> {
    return textOf(await this.families());
  }

  /** The same as data, for the primary. */
  async families(): Promise<readonly MetricFamily[]> {
    return [this.durations.family(), this.tokenRequests.family(), ...laneMetrics(this.laneTallies), ...(await this.process.families())];
  }
}
