import { expect, test } from 'vitest';
import { Signer } from './signer.js';
import { audience, StandInIssuer } from './stand-in-issuer.js';
import { pass } from './time.js';

test.each(['ES256', 'EdDSA', 'RS256'] as const)('takes a JWT signed with %s, and gives its claims (RFC 9068 §4)', async (algorithm) => {
  const issuer = await StandInIssuer.start();
  issuer.signers = [new Signer(algorithm)];
  const result = await issuer.verifier().verify(issuer.jwt({ sub: 'ada', scope: 'a b' }), { scopes: ['a'] });
  expect(result).toMatchObject({ active: true, claims: { sub: 'ada', client_id: 'some-client', aud: audience }, scopes: ['a', 'b'] });
});

test('fetches the keys once, and asks nothing more for any number of tokens', async () => {
  const issuer = await StandInIssuer.start();
  const verifier = issuer.verifier();
  const same = issuer.jwt();
  const tokens = [same, same, ...Array.from({ length: 20 }, () => issuer.jwt())];
  const results = await Promise.all(tokens.map((token) => verifier.verify(token)));
  expect(results.every((result) => result.active)).toBe(true);
  expect(issuer.requests).toEqual(['/oauth/jwks']);
});

test('says which scopes are missing, of a token that it knows and of one that it does not', async () => {
  const issuer = await StandInIssuer.start();
  const verifier = issuer.verifier();
  const token = issuer.jwt({ scope: 'a' });
  for (const _ of [1, 2])
    expect(await verifier.verify(token, { scopes: ['a', 'b', 'c'] })).toEqual({ active: false, reason: 'insufficient_scope', missing: ['b', 'c'] });
});

/** Each a way to make something that looks like a token of the issuer, with what it must be refused for. */
const hostile: Record<string, (issuer: StandInIssuer) => [token: string, reason: string]> = {
  'alg none (RFC 8725 §2.1)': (issuer) => [`${key(issuer).unsigned(issuer.claims(), { alg: 'none' })}.`, 'malformed'],
  'alg none with a signature': (issuer) => [issuer.jwt({}, { alg: 'none' }), 'malformed'],
  'HS256 with the public key as the secret (RFC 8725 §2.1)': (issuer) => [key(issuer).confused(issuer.claims()), 'malformed'],
  'an algorithm that is not the one of the key': (issuer) => [issuer.jwt({}, { alg: 'RS256' }), 'unknown'],
  'a foreign kid': (issuer) => [new Signer('ES256', 'foreign').token(issuer.claims()), 'unknown'],
  'the kid of the issuer over a foreign key': (issuer) => [new Signer('ES256', key(issuer).id).token(issuer.claims()), 'unknown'],
  'no kid': (issuer) => [issuer.jwt({}, { kid: undefined }), 'malformed'],
  'jku (RFC 8725 §3.10)': (issuer) => [new Signer().token(issuer.claims(), { jku: `${issuer.url}/evil-jwks` }), 'malformed'],
  x5u: (issuer) => [new Signer().token(issuer.claims(), { x5u: `${issuer.url}/evil.pem` }), 'malformed'],
  'its own key in jwk': (issuer) => {
    const own = new Signer();
    return [own.token(issuer.claims(), { jwk: own.jwk() }), 'malformed'];
  },
  'a critical extension (RFC 7515 §4.1.11)': (issuer) => [issuer.jwt({}, { crit: ['exp'] }), 'malformed'],
  'an id token (RFC 9068 §5)': (issuer) => [issuer.jwt({}, { typ: 'JWT' }), 'malformed'],
  'no typ': (issuer) => [issuer.jwt({}, { typ: undefined }), 'malformed'],
  'another audience': (issuer) => [issuer.jwt({ aud: 'https://other.example' }), 'wrong_audience'],
  'no audience': (issuer) => [issuer.jwt({ aud: undefined }), 'malformed'],
  'another issuer': (issuer) => [issuer.jwt({ iss: 'https://evil.example' }), 'unknown'],
  expired: (issuer) => [issuer.jwt({ exp: Math.floor(Date.now() / 1000) - 10 }), 'expired'],
  'no exp': (issuer) => [issuer.jwt({ exp: undefined }), 'malformed'],
  'exp as text': (issuer) => [issuer.jwt({ exp: '9999999999' }), 'malformed'],
  'not yet good': (issuer) => [issuer.jwt({ nbf: Math.floor(Date.now() / 1000) + 100 }), 'unknown'],
  'bound to a key that nobody checks (RFC 7800)': (issuer) => [issuer.jwt({ cnf: { jkt: 'x' } }), 'unknown'],
  'changed claims under a good signature': (issuer) => {
    const [head, , signature] = issuer.jwt().split('.');
    const [, body] = key(issuer)
      .unsigned(issuer.claims({ scope: 'admin' }))
      .split('.');
    return [`${head}.${body}.${signature}`, 'unknown'];
  },
  'a signature in DER': (issuer) => [issuer.jwt().replace(/[^.]+$/, Buffer.alloc(70, 0x30).toString('base64url')), 'unknown'],
  'an empty signature': (issuer) => [issuer.jwt().replace(/[^.]+$/, ''), 'malformed'],
  'another spelling of the same signature': (issuer) => {
    const token = issuer.jwt();
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    return [token.slice(0, -1) + alphabet[alphabet.indexOf(token.at(-1) as string) + 1], 'malformed'];
  },
  'four parts': (issuer) => [`${issuer.jwt()}.x`, 'malformed'],
  'no JSON': () => ['aaaa.bbbb.cccc', 'malformed'],
  'a header that is a list': () => [`${btoa('[]')}.${btoa('{}')}.cccc`.replaceAll('=', ''), 'malformed'],
  nothing: () => ['', 'malformed'],
  'a megabyte': () => ['a'.repeat(1_000_000), 'malformed'],
  'no text at all': () => [undefined as unknown as string, 'malformed'],
};

function key(issuer: StandInIssuer): Signer {
  return issuer.signers[0] as Signer;
}

test.each(Object.entries(hostile))('refuses %s, and no request goes out', async (_, forge) => {
  const issuer = await StandInIssuer.start();
  const verifier = issuer.verifier();
  expect(await verifier.verify(issuer.jwt())).toMatchObject({ active: true });
  const [token, reason] = forge(issuer);
  const result = await verifier.verify(token);
  expect(result).toEqual({ active: false, reason });
  expect(issuer.requests).toEqual(['/oauth/jwks']);
});

test('makes no request at all for a token that could not be good whatever the keys are', async () => {
  const issuer = await StandInIssuer.start();
  const verifier = issuer.verifier();
  for (const name of ['alg none (RFC 8725 §2.1)', 'jku (RFC 8725 §3.10)', 'an id token (RFC 9068 §5)', 'another audience', 'another issuer', 'expired'])
    await verifier.verify(hostile[name]?.(issuer)[0] as string);
  expect(issuer.requests).toEqual([]);
});

test('fetches the keys once more for a key that it does not know, and then not again for a while', async () => {
  const issuer = await StandInIssuer.start();
  const verifier = issuer.verifier();
  await verifier.verify(issuer.jwt());
  pass(11);
  const foreign = Array.from({ length: 20 }, () => new Signer().token(issuer.claims()));
  const results = await Promise.all(foreign.map((token) => verifier.verify(token)));
  expect(results.every((result) => !result.active && result.reason === 'unknown')).toBe(true);
  await verifier.verify(new Signer().token(issuer.claims()));
  expect(issuer.count('/oauth/jwks')).toBe(2);
});

test('takes what a new key signs, and nothing any more of a key that was withdrawn', async () => {
  const issuer = await StandInIssuer.start();
  const verifier = issuer.verifier();
  const before = issuer.jwt();
  expect(await verifier.verify(before)).toMatchObject({ active: true });
  issuer.signers = [new Signer()];
  pass(11);
  expect(await verifier.verify(issuer.jwt())).toMatchObject({ active: true });
  expect(await verifier.verify(before)).toEqual({ active: false, reason: 'unknown' });
});

test('forgives clocks that differ a little, and no more (RFC 9068 §4)', async () => {
  const issuer = await StandInIssuer.start();
  const verifier = issuer.verifier({ clockTolerance: 5 });
  const now = Math.floor(Date.now() / 1000);
  expect(await verifier.verify(issuer.jwt({ exp: now - 2 }))).toMatchObject({ active: true });
  expect(await verifier.verify(issuer.jwt({ nbf: now + 3 }))).toMatchObject({ active: true });
  expect(await verifier.verify(issuer.jwt({ exp: now - 6 }))).toEqual({ active: false, reason: 'expired' });
});

test('a token that was good is expired when its time has come', async () => {
  const issuer = await StandInIssuer.start();
  const verifier = issuer.verifier();
  const token = issuer.jwt({ exp: Math.floor(Date.now() / 1000) + 60 });
  expect(await verifier.verify(token)).toMatchObject({ active: true });
  pass(66);
  expect(await verifier.verify(token)).toEqual({ active: false, reason: 'expired' });
});

test('nobody can change what the next request with the same token is told', async () => {
  const issuer = await StandInIssuer.start();
  const result = await issuer.verifier().verify(issuer.jwt());
  if (!result.active) throw new Error('refused');
  expect(() => Object.assign(result.claims, { sub: 'root' })).toThrow(TypeError);
  expect(() => (result.scopes as string[]).push('admin')).toThrow(TypeError);
});

test('an opaque token is unknown without credentials, which those who run the service are told, and no request goes out', async () => {
  const issuer = await StandInIssuer.start();
  const problems: string[] = [];
  const verifier = issuer.verifier({ onProblem: ({ message }) => void problems.push(message) });
  for (const token of [issuer.opaque(), issuer.opaque(), 'kw_at_mistyped'])
    expect(await verifier.verify(token)).toEqual({ active: false, reason: token === 'kw_at_mistyped' ? 'malformed' : 'unknown' });
  expect(problems).toEqual([expect.stringContaining('without credentials')]);
  expect(issuer.requests).toEqual([]);
});
