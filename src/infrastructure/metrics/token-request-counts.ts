import { grantTypes } from '../../domain/clients/client.js';
import type { MetricFamily } from './metric-family.js';

const family = {
  name: 'keywright_token_requests_total',
  help: 'Token requests by grant type and outcome: issued, or the error code of the answer.',
  type: 'counter',
} as const;

/** What became of token requests. Whatever else a caller sends as its grant type is `unknown`. */
export class TokenRequestCounts {
  private readonly byGrantType = new Map<string, Map<string, number>>(grantTypes.map((grantType) => [grantType, new Map([['issued', 0]])]));
  private readonly unknown = new Map<string, number>();

  count(grantType: string | null, outcome: string): void {
    const byOutcome = (grantType !== null && this.byGrantType.get(grantType)) || this.unknown;
    byOutcome.set(outcome, (byOutcome.get(outcome) ?? 0) + 1);
  }

  family(): MetricFamily {
    const values = [...this.byGrantType, ['unknown', this.unknown] as const].flatMap(([grant_type, byOutcome]) =>
      [...byOutcome].map(([outcome, value]) => ({ labels: { grant_type, outcome }, value })),
    );
    return { ...family, values };
  }
}
