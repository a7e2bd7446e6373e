import { createHmac, createPrivateKey, generateKeyPair, type JsonWebKey, type KeyObject, randomBytes } from 'node:crypto';
import type { SigningAlgorithm } from '../resources/resource-server.js';
import { seal, unseal } from '../seal.js';
import type { SecretKeys } from '../secret-key.js';

/** A key with which access tokens are signed. What it is at a moment follows from the moments it carries: see `stateOf`. */
export interface SigningKey {
  /** The `kid` of RFC 7517 §4.5. */
  readonly id: string;
  readonly algorithm: SigningAlgorithm;
  /** Counts the keys of one algorithm; a store holds each number once, so that of several instances one makes the next key. */
  readonly generation: number;
  /** The public half (RFC 7517 §4), without anything secret. */
  readonly publicJwk: Readonly<Record<string, string>>;
  /** The private half, sealed under the server's own key and bound to `id`. */
  readonly sealedPrivateKey: Uint8Array;
  readonly createdAt: Date;
  /** It is published from `createdAt`, and signs from then on, until the next generation does. */
  readonly signsFrom: Date;
  /** The latest moment at which a token signed with it may still be good. */
  readonly neededUntil: Date;
}

/** `next`: published, not yet used. `retired`: no longer used, published for the tokens that are still good. */
export type KeyState = 'next' | 'current' | 'retired';

/** The key that signs at `now`, of keys of one algorithm: the newest generation whose time has come. */
export function currentOf(keys: readonly SigningKey[], now: Date): SigningKey | null {
  return keys
    .filter(({ signsFrom }) => signsFrom <= now)
    .reduce<SigningKey | null>((best, key) => (best && best.generation > key.generation ? best : key), null);
}

export function stateOf(key: SigningKey, keys: readonly SigningKey[], now: Date): KeyState {
  const same = keys.filter(({ algorithm }) => algorithm === key.algorithm);
  const current = currentOf(same, now);
  if (current?.id === key.id) return 'current';
  return !current || key.generation > current.generation ? 'next' : 'retired';
}

/** Makes a key pair and seals its private half. */
export async function makeSigningKey(
  secretKey: string,
  { algorithm, generation, now, signsFrom }: { algorithm: SigningAlgorithm; generation: number; now: Date; signsFrom: Date },
): Promise<SigningKey> {
  const { publicKey, privateKey } = await generate(algorithm);
  const id = randomBytes(12).toString('base64url');
  const publicJwk = { ...publicKey.export({ format: 'jwk' }), kid: id, alg: algorithm, use: 'sig' } as Record<string, string>;
  const sealedPrivateKey = seal(sealingKey(secretKey), Buffer.from(id), privateKey.export({ format: 'jwk' }));
  return { id, algorithm, generation, publicJwk, sealedPrivateKey, createdAt: now, signsFrom, neededUntil: signsFrom };
}

/** The private half. Throws when it was sealed under none of the secret keys, or altered. */
export function openPrivateKey(secretKeys: SecretKeys, { id, sealedPrivateKey }: SigningKey): KeyObject {
  let failure: unknown;
  for (const secretKey of secretKeys)
    try {
      return createPrivateKey({ format: 'jwk', key: unseal(sealingKey(secretKey), Buffer.from(id), sealedPrivateKey) as JsonWebKey });
    } catch (error) {
      failure = error;
    }
  throw failure;
}

interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** In the thread pool: a key for RSA takes a second to find. */
function generate(algorithm: SigningAlgorithm): Promise<KeyPair> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, publicKey: KeyObject, privateKey: KeyObject) => (error ? reject(error) : resolve({ publicKey, privateKey }));
    if (algorithm === 'ES256') generateKeyPair('ec', { namedCurve: 'P-256' }, done);
    else if (algorithm === 'EdDSA') generateKeyPair('ed25519', undefined, done);
    else generateKeyPair('rsa', { modulusLength: 2048 }, done);
  });
}

function sealingKey(secretKey: string): Uint8Array {
  return createHmac('sha256', secretKey).update('keywright signing keys').digest();
}
