import { createCipheriv, createDecipheriv } from 'node:crypto';
import { randomBytes } from './random-bytes.js';

const nonceBytes = 12;
const tagBytes = 16;

/** Seals a value under a key of 32 bytes, bound to what it belongs to: moved elsewhere it does not open. AES-256-GCM: nonce, tag, ciphertext of the JSON. */
export function seal(key: Uint8Array, boundTo: Uint8Array, value: unknown): Uint8Array {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(boundTo);
  const sealed = cipher.update(JSON.stringify(value), 'utf8');
  // Ends with the tag alone: the mode has no blocks to fill.
  cipher.final();
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** Opens what `seal` sealed. Throws when the bytes were altered, or the key or what they are bound to is another. */
export function unseal(key: Uint8Array, boundTo: Uint8Array, bytes: Uint8Array): unknown {
  const nonce = bytes.subarray(0, nonceBytes);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(boundTo);
  decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
  const text = Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]);
  return JSON.parse(text.toString('utf8'));
}
