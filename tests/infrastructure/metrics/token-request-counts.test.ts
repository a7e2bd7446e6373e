import { expect, it } from 'vitest';
import { grantTypes } from '../../../src/domain/clients/client.js';
import { textOf } from '../../../src/infrastructure/metrics/metric-family.js';
import { TokenRequestCounts } from '../../../src/infrastructure/metrics/token-request-counts.js';
import { seriesOf } from '../../support/exposition.js';

const series = async (counts: TokenRequestCounts) => Object.fromEntries(seriesOf(await textOf([counts.family()])));
const of = (grantType: string, outcome: string) => `keywright_token_requests_total{grant_type="${grantType}",outcome="${outcome}"}`;

it('begins at zero for every grant type, so that the first token is an increase', async () => {
  expect(await series(new TokenRequestCounts())).toEqual(Object.fromEntries(grantTypes.map((grantType) => [of(grantType, 'issued'), 0])));
});

it('counts by grant type and outcome, and every grant type that is not offered as one', async () => {
  const counts = new TokenRequestCounts();
  for (const outcome of ['issued', 'issued', 'invalid_grant']) counts.count('refresh_token', outcome);
  for (const grantType of ['password', '__proto__', 'urn:a"b\\c', null]) counts.count(grantType, 'unsupported_grant_type');
  expect(await series(counts)).toMatchObject({
    [of('refresh_token', 'issued')]: 2,
    [of('refresh_token', 'invalid_grant')]: 1,
    [of('unknown', 'unsupported_grant_type')]: 4,
  });
});
