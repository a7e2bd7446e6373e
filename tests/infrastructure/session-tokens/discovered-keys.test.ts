import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { readTrustedSessionTokens } from '../../../src/configuration/trusted-session-tokens.js';
import { TemporarilyUnavailable } from '../../../src/domain/errors.js';
import { discoveredKeys } from '../../../src/infrastructure/session-tokens/issuer-keys.js';
import { JwtSessionTokens } from '../../../src/infrastructure/session-tokens/jwt-session-tokens.js';
import { type SessionTokenSite, sessionTokenSite } from '../../support/session-token-site.js';

let site: SessionTokenSite;

beforeAll(async () => {
  site = await sessionTokenSite();
});
afterAll(() => site.close());
beforeEach(() => {
  Object.assign(site.state, { down: false, keysAsked: 0, metadataAsked: 0, metadata: {} });
});

/** The issuer as the least configuration makes it. */
function issuer(): JwtSessionTokens {
  const { value, problems } = readTrustedSessionTokens(JSON.stringify([{ issuer: site.origin, audience: 'keywright' }]));
  expect(problems).toEqual([]);
  return new JwtSessionTokens(value[0] as (typeof value)[0]);
}

it('needs no more than issuer and audience', async () => {
  const verified = await issuer().verify(await site.sign());
  expect(verified.identity).toMatchObject({ issuer: site.origin, subject: 'u-7', email: 'grace@team.example' });
});

it('asks for metadata and keys once, however many come at once', async () => {
  const one = issuer();
  const tokens = await Promise.all(Array.from({ length: 10 }, () => site.sign()));
  await Promise.all(tokens.map((token) => one.verify(token)));
  await one.verify(await site.sign());
  expect([site.state.metadataAsked, site.state.keysAsked]).toEqual([1, 1]);
});

it.each<[string, () => object]>([
  ['is that of another issuer', () => ({ issuer: 'https://id.example' })],
  ['is that of the same with a slash', () => ({ issuer: `${site.origin}/` })],
  ['does not say whose it is', () => ({ issuer: null })],
  ['names no keys', () => ({ jwks_uri: undefined })],
  ['names keys that are no address', () => ({ jwks_uri: 'jwks' })],
  ['names keys over plain http elsewhere', () => ({ jwks_uri: 'http://192.0.2.1/jwks' })],
])('verifies nothing by metadata that %s (OpenID Connect Discovery §4.3)', async (_, metadata) => {
  site.state.metadata = metadata() as Record<string, unknown>;
  await expect(issuer().verify(await site.sign())).rejects.toThrow(TemporarilyUnavailable);
  expect(site.state.keysAsked).toBe(0);
});

it('tries again at the next token when the issuer was down', async () => {
  const one = issuer();
  site.state.down = true;
  await expect(one.verify(await site.sign())).rejects.toThrow(TemporarilyUnavailable);
  site.state.down = false;
  await expect(one.verify(await site.sign())).resolves.toBeDefined();
});

it('looks again after an hour, and follows where the keys went', async () => {
  let now = 0;
  const keys = discoveredKeys(site.origin, () => now);
  const ask = () => keys({ alg: 'ES256', kid: 'k1' }, { payload: '', signature: '' });
  await ask();
  now = 3_599_999;
  await ask();
  expect(site.state.metadataAsked).toBe(1);
  now = 3_600_000;
  await ask();
  expect([site.state.metadataAsked, site.state.keysAsked]).toEqual([2, 1]);
  site.state.metadata = { jwks_uri: `${site.origin}/jwks?moved` };
  now = 7_200_000;
  await ask();
  expect(site.state.keysAsked).toBe(2);
});
