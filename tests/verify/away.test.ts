import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { audience, credentials, StandInIssuer } from './stand-in-issuer.js';
import { pass } from './time.js';

const away = { active: false, reason: 'unavailable', retryAfter: 2 };

const withoutFeed = { credentials, feed: false };

test.each(['deny', 'serve-known-until-expiry'] as const)('a token that was never seen is unavailable while Keywright is away: %s', async (whenUnavailable) => {
  const issuer = await StandInIssuer.start();
  const [opaque, jwt] = [issuer.opaque(), issuer.jwt()];
  await issuer.stop();
  const verifier = issuer.verifier({ ...withoutFeed, whenUnavailable });
  expect(await verifier.verify(opaque)).toEqual(away);
  expect(await verifier.verify(jwt)).toEqual(away);
});

test('errors are not remembered: the next one asks', async () => {
  const issuer = await StandInIssuer.start();
  const verifier = issuer.verifier(withoutFeed);
  const token = issuer.opaque();
  issuer.broken = 503;
  expect(await verifier.verify(token)).toEqual(away);
  issuer.broken = null;
  expect(await verifier.verify(token)).toMatchObject({ active: true });
});

test('asks twice at most', async () => {
  const issuer = await StandInIssuer.start();
  issuer.broken = 503;
  expect(await issuer.verifier(withoutFeed).verify(issuer.opaque())).toEqual(away);
  expect(issuer.requests).toEqual(['/oauth/introspect', '/oauth/introspect']);
});

test('deny: what was known is unavailable once it is too old', async () => {
  const issuer = await StandInIssuer.start();
  const verifier = issuer.verifier({ ...withoutFeed, maxAgeWithoutFeed: 5 });
  const token = issuer.opaque();
  expect(await verifier.verify(token)).toMatchObject({ active: true });
  await issuer.stop();
  expect(await verifier.verify(token)).toMatchObject({ active: true });
  pass(6);
  expect(await verifier.verify(token)).toEqual(away);
  await issuer.listen();
  expect(await verifier.verify(token)).toMatchObject({ active: true });
});

test('serve-known-until-expiry: what was known is good until it expires, and never longer', async () => {
  const issuer = await StandInIssuer.start();
  const verifier = issuer.verifier({ ...withoutFeed, maxAgeWithoutFeed: 5, whenUnavailable: 'serve-known-until-expiry' });
  const token = issuer.opaque({ exp: Math.floor(Date.now() / 1000) + 600 });
  await verifier.verify(token);
  await issuer.stop();
  pass(60);
  for (const _ of [1, 2, 3]) expect(await verifier.verify(token)).toMatchObject({ active: true });
  pass(601);
  expect(await verifier.verify(token)).toEqual({ active: false, reason: 'expired' });
});

test('serve-known-until-expiry: a JWT whose signature holds is good, seen before or not', async () => {
  const issuer = await StandInIssuer.start();
  const verifier = issuer.verifier({ ...withoutFeed, whenUnavailable: 'serve-known-until-expiry' });
  const first = issuer.jwt();
  issuer.answers.set(first, { active: true, ...issuer.claims() });
  await verifier.verify(first);
  await issuer.stop();
  expect(await verifier.verify(issuer.jwt())).toMatchObject({ active: true });
  expect(await verifier.verify(issuer.jwt({ aud: 'https://other.example' }))).toEqual({ active: false, reason: 'wrong_audience' });
});

test('deny: without credentials a JWT is good while the public keys are fresh, and then unavailable', async () => {
  const issuer = await StandInIssuer.start();
  const verifier = issuer.verifier({ keysMaxAge: 600 });
  const token = issuer.jwt();
  await verifier.verify(token);
  await issuer.stop();
  pass(500);
  expect(await verifier.verify(token)).toMatchObject({ active: true });
  pass(200);
  expect(await verifier.verify(token)).toEqual(away);
  await issuer.listen();
  pass(2);
  expect(await verifier.verify(token)).toMatchObject({ active: true });
});

test('serve-known-until-expiry: without credentials a JWT is good with old keys', async () => {
  const issuer = await StandInIssuer.start();
  const verifier = issuer.verifier({ keysMaxAge: 600, whenUnavailable: 'serve-known-until-expiry' });
  const token = issuer.jwt();
  await verifier.verify(token);
  await issuer.stop();
  pass(1200);
  expect(await verifier.verify(token)).toMatchObject({ active: true });
});

test('a server that takes the connection and says nothing is away after the timeout', async () => {
  const silent = createServer(() => {}).listen(0, '127.0.0.1');
  await new Promise((resolve) => silent.once('listening', resolve));
  onTestFinished(() => void silent.close());
  const issuer = await StandInIssuer.start();
  const address = `http://127.0.0.1:${(silent.address() as { port: number }).port}`;
  expect(await issuer.verifier({ ...withoutFeed, address, timeout: 0.1 }).verify(issuer.opaque())).toEqual(away);
});

test('a server that begins an answer and does not end it is away after the timeout, and is not asked a second time', async () => {
  let asked = 0;
  const hanging = createHttpServer((_request, response) => {
    asked += 1;
    response.writeHead(200, { 'content-type': 'application/json' }).write('{"active":');
  }).listen(0, '127.0.0.1');
  await once(hanging, 'listening');
  onTestFinished(() => {
    hanging.close();
    hanging.closeAllConnections();
  });
  const issuer = await StandInIssuer.start();
  const address = `http://127.0.0.1:${(hanging.address() as { port: number }).port}`;
  expect(await issuer.verifier({ ...withoutFeed, address, timeout: 0.2 }).verify(issuer.opaque())).toEqual(away);
  expect(asked).toBe(1);
});

test('refused credentials are told to the operator, once, without the secret', async () => {
  const issuer = await StandInIssuer.start();
  const problems: string[] = [];
  const verifier = issuer.verifier({
    credentials: { id: 'rs_some', secret: 'wrong' },
    feed: false,
    onProblem: ({ message }) => problems.push(message),
  });
  for (const _ of [1, 2]) expect(await verifier.verify(issuer.opaque())).toEqual(away);
  expect(problems).toEqual(['Keywright refuses the credentials of this resource server: POST /oauth/introspect answers 401']);
});

test('follows no redirect: nothing but the options decides where tokens go', async () => {
  const issuer = await StandInIssuer.start();
  issuer.broken = 307;
  expect(await issuer.verifier(withoutFeed).verify(issuer.opaque())).toEqual(away);
  expect(issuer.requests).toEqual(['/oauth/introspect']);
  expect(audience).not.toContain('127.0.0.1');
});
