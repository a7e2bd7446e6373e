/**
 * How many access tokens `keywright/verify` checks in a second, on one core: one that it knows, and JWTs that it sees for the first time; beside them what
 * the processor needs for the signature alone, and jose doing the same where it is installed. Median of rounds within one run. `npm run bench:verify`.
 */
import { generateKeyPairSync, randomUUID, sign, verify as verifySignature } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { cpus } from 'node:os';
import { createVerifier } from '../../dist/verify/create-verifier.js';

const rounds = Number(process.env.ROUNDS ?? 7);
const fresh = 4_000;
const repeats = 300_000;
const audience = 'https://api.example';

const keys = {
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  EdDSA: generateKeyPairSync('ed25519'),
  RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
};
const jwks = { keys: Object.entries(keys).map(([alg, { publicKey }]) => ({ ...publicKey.export({ format: 'jwk' }), kid: alg, alg, use: 'sig' })) };
const server = createServer((_request, response) => response.setHeader('content-type', 'application/json').end(JSON.stringify(jwks))).listen(0, '127.0.0.1');
await once(server, 'listening');
const issuer = `http://127.0.0.1:${server.address().port}`;

function token(alg) {
  const now = Math.floor(Date.now() / 1000);
  const ids = { sub: randomUUID(), client_id: randomUUID(), jti: randomUUID(), grant_id: randomUUID() };
  const parts = [
    { alg, typ: 'at+jwt', kid: alg },
    { iss: issuer, aud: audience, scope: 'invoices:read invoices:write', iat: now, exp: now + 3600, ...ids },
  ];
  const signed = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${signed}.${signature(alg, signed).toString('base64url')}`;
}

function signature(alg, signed) {
  const key = keys[alg].privateKey;
  return sign(alg === 'EdDSA' ? null : 'sha256', Buffer.from(signed), alg === 'ES256' ? { key, dsaEncoding: 'ieee-p1363' } : key);
}

/** The signature alone, as fast as this machine does it. */
function bare(alg, one) {
  const end = one.lastIndexOf('.');
  const key = alg === 'ES256' ? { key: keys[alg].publicKey, dsaEncoding: 'ieee-p1363' } : keys[alg].publicKey;
  return verifySignature(alg === 'EdDSA' ? null : 'sha256', Buffer.from(one.slice(0, end)), key, Buffer.from(one.slice(end + 1), 'base64url'));
}

/** `loop` does something so many times. */
async function measured(count, loop) {
  const cpu = process.cpuUsage();
  const started = process.hrtime.bigint();
  await loop(count);
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const { user, system } = process.cpuUsage(cpu);
  return { rate: count / seconds, cores: (user + system) / 1e6 / seconds };
}

const cases = {};
const needs = { scopes: ['invoices:read'] };
const knowing = createVerifier({ issuer, audience, whenUnavailable: 'deny' });
const known = Array.from({ length: 1000 }, () => token('ES256'));
for (const one of known) must(await knowing.verify(one, needs));
cases['cached token'] = () =>
  measured(repeats, async (count) => {
    for (let index = 0; index < count; index++) must(await knowing.verify(known[index % 1000], needs));
  });
for (const alg of Object.keys(keys)) {
  const tokens = Array.from({ length: fresh }, () => token(alg));
  cases[`${alg}, first time`] = async () => {
    const verifier = createVerifier({ issuer, audience, whenUnavailable: 'deny' });
    must(await verifier.verify(token(alg), needs));
    return measured(fresh, async () => {
      for (const one of tokens) must(await verifier.verify(one, needs));
    });
  };
  cases[`${alg}, the signature alone`] = () =>
    measured(fresh, async () => {
      for (const one of tokens) if (!bare(alg, one)) fail();
    });
  const { jwtVerify, createLocalJWKSet } = (await import('jose').catch(() => null)) ?? {};
  if (jwtVerify) {
    const set = createLocalJWKSet(jwks);
    cases[`${alg}, jose`] = () =>
      measured(fresh, async () => {
        for (const one of tokens) await jwtVerify(one, set, { issuer, audience, typ: 'at+jwt' });
      });
  }
}

function must(result) {
  if (!result.active) throw new Error(JSON.stringify(result));
}
function fail() {
  throw new Error('a signature does not hold');
}

const results = Object.fromEntries(Object.keys(cases).map((name) => [name, []]));
for (let round = 0; round < rounds; round++) {
  const order = Object.keys(cases).sort(() => Math.random() - 0.5);
  for (const name of order) results[name].push(await cases[name]());
}
const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
console.log(`Node ${process.version}, ${cpus()[0].model}, ${rounds} rounds`);
for (const [name, measures] of Object.entries(results)) {
  const rate = Math.round(median(measures.map((one) => one.rate)));
  console.log(`${name.padEnd(34)} ${rate.toLocaleString('en').padStart(10)} /s   ${median(measures.map((one) => one.cores)).toFixed(2)} cores`);
}
server.close();
