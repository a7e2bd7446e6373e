import { expect, test } from 'vitest';
import { mintToken } from '../../src/domain/tokens/opaque-token.js';
import { credentials, StandInIssuer } from './stand-in-issuer.js';
import { pass, passUnseen, setWallClock } from './time.js';

const introspect = '/oauth/introspect';
const withoutFeed = { credentials, feed: false };

test('asks about an opaque token once, however many bring it at the same time (RFC 7662)', async () => {
  const issuer = await StandInIssuer.start();
  issuer.delay = 20;
  const verifier = issuer.verifier(withoutFeed);
  const token = issuer.opaque({ sub: 'ada', scope: 'a' });
  const results = await Promise.all(Array.from({ length: 50 }, () => verifier.verify(token, { scopes: ['a'] })));
  expect(results.every((result) => result.active && result.claims.sub === 'ada')).toBe(true);
  await verifier.verify(token);
  expect(issuer.requests).toEqual([introspect]);
});

test.each([
  ['mistyped', () => mintToken('at', new Date()).token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))],
  ['of another kind', () => mintToken('rt', new Date()).token],
  ['cut short', () => mintToken('at', new Date()).token.slice(0, -1)],
])('refuses one that is %s without a request', async (_, make) => {
  const issuer = await StandInIssuer.start();
  expect(await issuer.verifier(withoutFeed).verify(make())).toEqual({ active: false, reason: 'malformed' });
  expect(issuer.requests).toEqual([]);
});

test.each([
  [{ reason: 'revoked', cause: 'refresh_token_reused' }],
  [{ reason: 'revoked' }],
  [{ reason: 'expired' }],
  [{ reason: 'wrong_audience' }],
  [{ reason: 'client_disabled' }],
  [{ reason: 'user_disabled' }],
  [{ reason: 'unknown' }],
])('passes on why a token is refused: %j', async (answer) => {
  const issuer = await StandInIssuer.start();
  const token = issuer.opaque();
  issuer.answers.set(token, { active: false, ...answer });
  expect(await issuer.verifier(withoutFeed).verify(token)).toEqual({ active: false, ...answer });
});

test.each([[{}], [{ reason: 'something new' }], [{ reason: 1 }]])('without a reason that it knows, a token is unknown: %j', async (answer) => {
  const issuer = await StandInIssuer.start();
  const token = issuer.opaque();
  issuer.answers.set(token, { active: false, ...answer });
  expect(await issuer.verifier(withoutFeed).verify(token)).toEqual({ active: false, reason: 'unknown' });
});

test('refuses again without asking, and asks after a while', async () => {
  const issuer = await StandInIssuer.start();
  const verifier = issuer.verifier({ ...withoutFeed, refusedMaxAge: 5 });
  const token = mintToken('at', new Date()).token;
  for (const _ of [1, 2, 3]) expect(await verifier.verify(token)).toEqual({ active: false, reason: 'unknown' });
  expect(issuer.count(introspect)).toBe(1);
  pass(6);
  await verifier.verify(token);
  expect(issuer.count(introspect)).toBe(2);
});

test('asks again after maxAgeWithoutFeed, however far back the clock is set', async () => {
  const issuer = await StandInIssuer.start();
  const verifier = issuer.verifier({ ...withoutFeed, maxAgeWithoutFeed: 5 });
  const token = issuer.opaque();
  await verifier.verify(token);
  setWallClock(-3600);
  passUnseen(6);
  await verifier.verify(token);
  expect(issuer.count(introspect)).toBe(2);
});

test('a token that is known expires by the time of day: a clock that is set ahead counts', async () => {
  const issuer = await StandInIssuer.start();
  const verifier = issuer.verifier({ ...withoutFeed, maxAgeWithoutFeed: 3600 });
  const token = issuer.opaque();
  expect(await verifier.verify(token)).toMatchObject({ active: true });
  setWallClock(2 * 3600);
  passUnseen(1);
  expect(await verifier.verify(token)).toEqual({ active: false, reason: 'expired' });
});

test('asks again after maxAgeWithoutFeed where no feed is followed, about a JWT too', async () => {
  const issuer = await StandInIssuer.start();
  const verifier = issuer.verifier({ ...withoutFeed, maxAgeWithoutFeed: 5 });
  const opaque = issuer.opaque();
  const jwt = issuer.jwt();
  issuer.answers.set(jwt, { active: true, ...issuer.claims() });
  const both = () => Promise.all([opaque, jwt].map((token) => verifier.verify(token)));
  await both();
  await both();
  expect(issuer.count(introspect)).toBe(2);
  pass(6);
  issuer.answers.set(jwt, { active: false, reason: 'revoked' });
  expect(await both()).toMatchObject([{ active: true }, { active: false, reason: 'revoked' }]);
  expect(issuer.count(introspect)).toBe(4);
});

test('never trusts an answer past the expiry of the token', async () => {
  const issuer = await StandInIssuer.start();
  const verifier = issuer.verifier({ ...withoutFeed, maxAgeWithoutFeed: 3600, whenUnavailable: 'serve-known-until-expiry' });
  const token = issuer.opaque({ exp: Math.floor(Date.now() / 1000) + 60 });
  expect(await verifier.verify(token)).toMatchObject({ active: true });
  pass(61);
  expect(await verifier.verify(token)).toEqual({ active: false, reason: 'expired' });
  expect(issuer.count(introspect)).toBe(1);
});

test.each([
  ['another issuer', { iss: 'https://evil.example' }, 'unknown'],
  ['another audience', { aud: ['https://other.example'] }, 'wrong_audience'],
  ['a refresh token', { token_type: 'refresh_token' }, 'unknown'],
  ['a time that is over', { exp: 1 }, 'expired'],
  ['no time', { exp: undefined }, 'unknown'],
  ['a key that nobody checks', { cnf: { jkt: 'x' } }, 'unknown'],
])('refuses what introspection calls active for %s', async (_, changes, reason) => {
  const issuer = await StandInIssuer.start();
  expect(await issuer.verifier(withoutFeed).verify(issuer.opaque(changes))).toEqual({ active: false, reason });
});

test('takes a token that is for no resource in particular', async () => {
  const issuer = await StandInIssuer.start();
  expect(await issuer.verifier(withoutFeed).verify(issuer.opaque({ aud: undefined }))).toMatchObject({ active: true });
});

test('remembers so many tokens and no more', async () => {
  const issuer = await StandInIssuer.start();
  const verifier = issuer.verifier({ ...withoutFeed, maxTokens: 3 });
  const [often, ...others] = Array.from({ length: 10 }, () => issuer.opaque()) as [string, ...string[]];
  for (const token of others) {
    await verifier.verify(token);
    await verifier.verify(often);
    await verifier.verify(often);
  }
  expect(issuer.count(introspect)).toBe(10);
  await verifier.verify(others[0] as string);
  expect(issuer.count(introspect)).toBe(11);
});
