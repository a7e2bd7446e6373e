import { expect, test } from 'vitest';
import { createVerifier, type VerifierOptions } from '../../src/verify/create-verifier.js';

const good: VerifierOptions = { issuer: 'https://auth.example.com', audience: 'https://api.example.com', whenUnavailable: 'deny' };

test.each([
  [{}],
  [{ issuer: 'https://auth.example.com/' }],
  [{ issuer: 'http://localhost:3000' }],
  [{ issuer: 'http://[::1]:3000' }],
  [{ audience: 'urn:example:api' }],
  [{ address: 'http://keywright.internal:3000' }],
  [{ credentials: { id: 'rs_1', secret: 's' }, feed: true, maxAge: 60, timeout: 0.5 }],
])('is made of %j without asking anybody', (changes) => {
  const verifier = createVerifier({ ...good, ...changes });
  expect(verifier.issuer).not.toMatch(/\/$/);
  verifier.close();
});

test.each<[Record<string, unknown>, string]>([
  [{ issuer: undefined }, 'issuer must be the ISSUER of Keywright'],
  [{ issuer: 'http://auth.example.com' }, 'https unless it is loopback'],
  [{ issuer: 'https://auth.example.com/realm' }, 'an origin without a path'],
  [{ issuer: 'auth.example.com' }, 'issuer must be'],
  [{ audience: undefined }, 'audience must be the identifier'],
  [{ audience: 'my-api' }, 'an absolute URI'],
  [{ audience: 'https://api.example.com/#x' }, 'without a fragment'],
  [{ whenUnavailable: undefined }, "whenUnavailable must be 'deny' or 'serve-known-until-expiry'"],
  [{ whenUnavailable: 'allow' }, "whenUnavailable must be 'deny' or 'serve-known-until-expiry'"],
  [{ credentials: {} }, 'credentials must be { id, secret }'],
  [{ credentials: { id: 'x', secret: '' } }, 'credentials must be { id, secret }'],
  [{ credentials: null }, 'credentials must be { id, secret }'],
  [{ feed: true }, 'feed needs credentials'],
  [{ address: 'keywright:3000' }, 'address must be an origin'],
  [{ maxAge: -1 }, 'maxAge must be a number from 1 to 86400'],
  [{ maxAge: '300' }, 'maxAge must be a number'],
  [{ timeout: Number.NaN }, 'timeout must be a number'],
  [{ clockTolerance: 3600 }, 'clockTolerance must be a number from 0 to 60'],
  [{ maxage: 5 }, 'maxage is not an option'],
])('says what is wrong with %j', (changes, message) => {
  expect(() => createVerifier({ ...good, ...changes } as VerifierOptions)).toThrow(TypeError);
  expect(() => createVerifier({ ...good, ...changes } as VerifierOptions)).toThrow(message);
});

test('names every wrong option at once, and never the secret', () => {
  const options = { issuer: 'x', audience: 'y', whenUnavailable: 'deny', credentials: { id: '', secret: 'hidden' } } as const;
  expect(() => createVerifier(options)).toThrow(/issuer must .*; audience must .*; credentials must/);
  expect(() => createVerifier(options)).not.toThrow(/hidden/);
  expect(() => createVerifier(undefined as unknown as VerifierOptions)).toThrow('createVerifier: needs an object of options');
});
