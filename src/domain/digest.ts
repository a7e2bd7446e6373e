import { hash } from 'node:crypto';

/**
 * The digest of the bytes, in one call. Taken as text and then as bytes, because Node.js gives a digest that it hands out as bytes a piece of memory of its own,
 * which costs more than the digest itself (ADR 0023).
 */
export function digest(algorithm: 'sha256' | 'sha512', bytes: Uint8Array): Buffer {
  return Buffer.from(hash(algorithm, bytes, 'binary'), 'latin1');
}
