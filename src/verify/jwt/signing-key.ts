import { createPublicKey, type JsonWebKey, type KeyObject, verify } from 'node:crypto';

/** One of Keywright's public keys, ready for use. */
export interface SigningKey {
  readonly id: string;
  readonly algorithm: string;
  /** The key as it was published, to see whether it is still the same. */
  readonly published: string;
  /** Keywright does not publish it any more: nothing that it signed is good. */
  retired: boolean;
  /** Did this key sign it? */
  signed(text: string, signature: Uint8Array): boolean;
}

const leastRsaBits = 2048;

/** `null` for a key that signs no access token here: a symmetric one, another curve, for encryption, without an id. */
export function importSigningKey(jwk: unknown): SigningKey | null {
  if (typeof jwk !== 'object' || jwk === null) return null;
  const { kid, use, alg, kty, crv } = jwk as Record<string, unknown>;
  if (typeof kid !== 'string' || (use !== undefined && use !== 'sig')) return null;
  const algorithm = algorithmOf(kty, crv);
  if (algorithm === null || (alg !== undefined && alg !== algorithm)) return null;
  const key = publicKey(jwk as JsonWebKey);
  if (!key || (key.asymmetricKeyDetails?.modulusLength ?? leastRsaBits) < leastRsaBits) return null;
  return { id: kid, algorithm, published: JSON.stringify(jwk), retired: false, signed: check(algorithm, key) };
}

/** The kind of key decides the algorithm, never the token (RFC 8725 §3.1). */
function algorithmOf(kty: unknown, crv: unknown): 'ES256' | 'EdDSA' | 'RS256' | null {
  if (kty === 'EC' && crv === 'P-256') return 'ES256';
  if (kty === 'OKP' && crv === 'Ed25519') return 'EdDSA';
  return kty === 'RSA' ? 'RS256' : null;
}

function check(algorithm: 'ES256' | 'EdDSA' | 'RS256', key: KeyObject): SigningKey['signed'] {
  const digest = algorithm === 'EdDSA' ? null : 'sha256';
  // JWS writes r and s one after the other (RFC 7518 §3.4).
  const input = algorithm === 'ES256' ? { key, dsaEncoding: 'ieee-p1363' as const } : key;
  return (text, signature) => verify(digest, Buffer.from(text, 'latin1'), input, signature);
}

function publicKey(jwk: JsonWebKey): KeyObject | null {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    return null;
  }
}
