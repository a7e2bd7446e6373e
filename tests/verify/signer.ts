import { createHmac, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';

export type Algorithm = 'ES256' | 'EdDSA' | 'RS256';

/** A key pair as an issuer has it, and JWTs signed with it. */
export class Signer {
  readonly publicKey: KeyObject;
  private readonly privateKey: KeyObject;

  constructor(
    readonly algorithm: Algorithm = 'ES256',
    readonly id: string = randomUUID(),
  ) {
    const { publicKey, privateKey } = pairOf(algorithm);
    this.publicKey = publicKey;
    this.privateKey = privateKey;
  }

  jwk(): Record<string, unknown> {
    return { ...this.publicKey.export({ format: 'jwk' }), kid: this.id, alg: this.algorithm, use: 'sig' };
  }

  /** Members given as `undefined` are left out. */
  token(claims: Record<string, unknown>, header: Record<string, unknown> = {}): string {
    const signed = this.unsigned(claims, header);
    const key = this.algorithm === 'ES256' ? { key: this.privateKey, dsaEncoding: 'ieee-p1363' as const } : this.privateKey;
    return `${signed}.${sign(this.algorithm === 'EdDSA' ? null : 'sha256', Buffer.from(signed), key).toString('base64url')}`;
  }

  /** Signed with the public key as if it were a secret: the confusion of RFC 8725 §2.1. */
  confused(claims: Record<string, unknown>): string {
    return confused(this.publicKey, this.id, claims);
  }

  unsigned(claims: Record<string, unknown>, header: Record<string, unknown> = {}): string {
    return [{ alg: this.algorithm, typ: 'at+jwt', kid: this.id, ...header }, claims].map((part) => encoded(part)).join('.');
  }
}

/** The same with a public key of somebody else, as anybody can get it. */
export function confused(publicKey: KeyObject, kid: string, claims: Record<string, unknown>): string {
  const signed = [{ alg: 'HS256', typ: 'at+jwt', kid }, claims].map((part) => encoded(part)).join('.');
  const secret = publicKey.export({ type: 'spki', format: 'pem' });
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

function encoded(part: unknown): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

function pairOf(algorithm: Algorithm) {
  if (algorithm === 'ES256') return generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return algorithm === 'EdDSA' ? generateKeyPairSync('ed25519') : generateKeyPairSync('rsa', { modulusLength: 2048 });
}
