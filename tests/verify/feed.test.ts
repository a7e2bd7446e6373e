import { setTimeout as pause } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import type { Verification, Verifier } from '../../src/verify/create-verifier.js';
import { credentials, StandInIssuer } from './stand-in-issuer.js';
import { passUnseen, setWallClock } from './time.js';

const fed = { credentials, clockTolerance: 0 };

/** A verifier that follows the feed, and tokens issued since then. */
async function followed(options = {}) {
  const issuer = await StandInIssuer.start();
  const verifier = issuer.verifier({ ...fed, ...options });
  await verifier.verify(issuer.opaque());
  await issuer.followed();
  await pause(1100 - (Date.now() % 1000));
  issuer.requests.length = 0;
  return { issuer, verifier };
}

function reasonOf(result: Verification): string {
  return result.active ? 'active' : result.reason;
}

async function until(verifier: Verifier, token: string, reason: string): Promise<void> {
  await vi.waitFor(async () => expect(reasonOf(await verifier.verify(token))).toBe(reason), { timeout: 3000, interval: 5 });
}

const subjects = [
  ['jti', (claims: Record<string, unknown>) => ({ jti: claims.jti })],
  ['grant_id', (claims: Record<string, unknown>) => ({ grant_id: claims.grant_id })],
  ['client_id', (claims: Record<string, unknown>) => ({ client_id: claims.client_id })],
  ['sub', (claims: Record<string, unknown>) => ({ sub: claims.sub })],
  ['client_id and sub', (claims: Record<string, unknown>) => ({ client_id: claims.client_id, sub: claims.sub })],
  ['client_id and anybody', (claims: Record<string, unknown>) => ({ client_id: claims.client_id, sub: '*' })],
] as const;

test.each(subjects)('drops an opaque token and a JWT that an entry names by %s, and asks why', async (_, name) => {
  const { issuer, verifier } = await followed();
  const claims = issuer.claims();
  const opaque = issuer.opaque(claims);
  const jwt = issuer.jwt(claims);
  issuer.answers.set(jwt, { active: true, ...claims });
  for (const token of [opaque, jwt]) expect(reasonOf(await verifier.verify(token))).toBe('active');
  // The JWT needed no question.
  expect(issuer.count('/oauth/introspect')).toBe(1);
  issuer.revoke(jwt, name(claims));
  issuer.answers.set(opaque, { active: false, reason: 'revoked', cause: 'revoked_by_person' });
  for (const token of [opaque, jwt]) await until(verifier, token, 'revoked');
  expect(await verifier.verify(jwt)).toEqual({ active: false, reason: 'revoked', cause: 'revoked_by_person' });
});

test('leaves what no entry names in peace', async () => {
  const { issuer, verifier } = await followed();
  const own = issuer.claims({ client_id: 'machine', sub: 'machine', grant_id: undefined });
  const [jwt, opaque] = [issuer.jwt(own), issuer.opaque(own)];
  for (const token of [jwt, opaque]) await verifier.verify(token);
  const requests = [...issuer.requests];
  issuer.tell({ client_id: 'machine', sub: '*', at: Date.now() / 1000 });
  issuer.tell({ sub: 'somebody', at: Date.now() / 1000 });
  issuer.tell({ sub: 'machine', at: Date.now() / 1000 - 3600, before: Date.now() / 1000 - 3595 });
  await pause(50);
  for (const token of [jwt, opaque]) expect(reasonOf(await verifier.verify(token))).toBe('active');
  expect(issuer.requests).toEqual(requests);
});

test('a JWT that was revoked before it was ever seen here is refused', async () => {
  const { issuer, verifier } = await followed();
  const claims = issuer.claims();
  const jwt = issuer.jwt(claims);
  issuer.revoke(jwt, { jti: claims.jti });
  await until(verifier, jwt, 'revoked');
});

test('a JWT older than what the feed told is asked about once', async () => {
  const issuer = await StandInIssuer.start();
  const verifier = issuer.verifier(fed);
  const claims = issuer.claims({ iat: Math.floor(Date.now() / 1000) - 60 });
  const [good, revoked] = [issuer.jwt(claims), issuer.jwt(issuer.claims({ iat: claims.iat }))];
  issuer.answers.set(good, { active: true, ...claims });
  issuer.answers.set(revoked, { active: false, reason: 'revoked' });
  await verifier.verify(issuer.opaque());
  await issuer.followed();
  expect(reasonOf(await verifier.verify(revoked))).toBe('revoked');
  for (const _ of [1, 2, 3]) expect(reasonOf(await verifier.verify(good))).toBe('active');
  expect(issuer.count('/oauth/introspect')).toBe(3);
});

test('what is enabled again is good again', async () => {
  const { issuer, verifier } = await followed({ refusedMaxAge: 0 });
  const claims = issuer.claims();
  const jwt = issuer.jwt(claims);
  await verifier.verify(jwt);
  issuer.revoke(jwt, { client_id: claims.client_id, reason: 'client_disabled' }, { reason: 'client_disabled' });
  await until(verifier, jwt, 'client_disabled');
  issuer.answers.set(jwt, { active: true, ...claims });
  issuer.tell({ client_id: claims.client_id, at: Date.now() / 1000, restored: true });
  await until(verifier, jwt, 'active');
});

test('an answer that was on its way when the entry came is not believed', async () => {
  const { issuer, verifier } = await followed();
  const claims = issuer.claims();
  const token = issuer.opaque(claims);
  issuer.delay = 100;
  const early = verifier.verify(token);
  await pause(30);
  // The stand-in has looked the token up already: the answer that is on its way says good.
  issuer.revoke(token, { jti: claims.jti });
  await pause(30);
  const second = verifier.verify(token);
  expect(reasonOf(await early)).toBe('active');
  expect(reasonOf(await second)).toBe('revoked');
  expect(reasonOf(await verifier.verify(token))).toBe('revoked');
});

test('what ends a client ends every token of it, whichever clock dated it', async () => {
  const { issuer, verifier } = await followed();
  const claims = issuer.claims({ iat: Math.floor(Date.now() / 1000) + 3 });
  const jwt = issuer.jwt(claims);
  expect(reasonOf(await verifier.verify(jwt))).toBe('active');
  issuer.revoke(jwt, { client_id: claims.client_id }, { reason: 'client_disabled' });
  await until(verifier, jwt, 'client_disabled');
});

test('is not sure of anything before it was told all that it missed', async () => {
  const { issuer, verifier } = await followed({ maxAgeWithoutFeed: 0 });
  const claims = issuer.claims();
  const jwt = issuer.jwt(claims);
  issuer.answers.set(jwt, { active: true, ...claims });
  expect(reasonOf(await verifier.verify(jwt))).toBe('active');
  await issuer.stop();
  issuer.current = false;
  await issuer.listen();
  await issuer.followed();
  const asked = issuer.count('/oauth/introspect');
  for (const _ of [1, 2]) expect(reasonOf(await verifier.verify(jwt))).toBe('active');
  expect(issuer.count('/oauth/introspect')).toBe(asked + 2);
});

test('notices a line that died without a word, and comes back', async () => {
  const { issuer } = await followed({ feedTimeout: 6 });
  await vi.waitFor(() => expect(issuer.count('/oauth/revocations')).toBeGreaterThan(0), { timeout: 15_000, interval: 50 });
});

test('trusts what it knew for maxAgeWithoutFeed once the feed is lost, also while the clock is set back', async () => {
  const onProblem = vi.fn();
  const { issuer, verifier } = await followed({ maxAgeWithoutFeed: 30, onProblem });
  const jwt = issuer.jwt();
  expect(reasonOf(await verifier.verify(jwt))).toBe('active');
  await issuer.stop();
  await vi.waitFor(() => expect(onProblem).toHaveBeenCalled(), 3000);
  setWallClock(-3600);
  expect(reasonOf(await verifier.verify(jwt))).toBe('active');
  passUnseen(31);
  expect(reasonOf(await verifier.verify(jwt))).toBe('unavailable');
});

test('hears what was revoked while the line was down', async () => {
  const { issuer, verifier } = await followed({ maxAgeWithoutFeed: 60 });
  const claims = issuer.claims();
  const jwt = issuer.jwt(claims);
  expect(reasonOf(await verifier.verify(jwt))).toBe('active');
  await issuer.stop();
  issuer.revoke(jwt, { grant_id: claims.grant_id });
  await issuer.listen();
  await until(verifier, jwt, 'revoked');
});

test('forgets everything when what was missed cannot be told', async () => {
  const { issuer, verifier } = await followed();
  const claims = issuer.claims();
  const [jwt, opaque] = [issuer.jwt(claims), issuer.opaque(claims)];
  for (const token of [jwt, opaque]) await verifier.verify(token);
  for (const token of [jwt, opaque]) issuer.answers.set(token, { active: false, reason: 'revoked' });
  issuer.reset();
  for (const token of [jwt, opaque]) await until(verifier, token, 'revoked');
});

test('while the feed is lost a JWT is asked about, and with Keywright away it is as was chosen', async () => {
  const { issuer, verifier } = await followed({ maxAgeWithoutFeed: 0 });
  const lenient = issuer.verifier({ ...fed, maxAgeWithoutFeed: 0, whenUnavailable: 'serve-known-until-expiry' });
  const claims = issuer.claims();
  const jwt = issuer.jwt(claims);
  issuer.answers.set(jwt, { active: true, ...claims });
  for (const one of [verifier, lenient]) expect(reasonOf(await one.verify(jwt))).toBe('active');
  await issuer.stop();
  await until(verifier, jwt, 'unavailable');
  expect(reasonOf(await lenient.verify(jwt))).toBe('active');
});

test('with Keywright away, what the feed named is refused however lenient the choice', async () => {
  const { issuer, verifier } = await followed({ maxAgeWithoutFeed: 0, whenUnavailable: 'serve-known-until-expiry' });
  const claims = issuer.claims();
  const jwt = issuer.jwt(claims);
  expect(reasonOf(await verifier.verify(jwt))).toBe('active');
  issuer.tell({ jti: claims.jti, at: Date.now() / 1000, reason: 'revoked_by_client' });
  await pause(50);
  await issuer.stop();
  expect(await verifier.verify(jwt)).toEqual({ active: false, reason: 'revoked', cause: 'revoked_by_client' });
});
