import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { PresentedToken } from './opaque-token.js';

const nonceBytes = 12;
const tagBytes = 16;

/**
 * Seals what a refresh answered under the refresh token that was presented, so that the same token can be given the same answer within
 * the grace window while the store holds nothing it could read. AES-256-GCM; the key is derived from the token's secret.
 */
export function sealAnswer(presented: PresentedToken, answer: unknown): Uint8Array {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', keyFrom(presented), nonce).setAAD(Buffer.from(presented.id));
  const sealed = Buffer.concat([cipher.update(JSON.stringify(answer), 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** Opens what `sealAnswer` sealed under the same token. Throws when the bytes were altered or the token is another one. */
export function openAnswer(presented: PresentedToken, bytes: Uint8Array): unknown {
  const nonce = bytes.subarray(0, nonceBytes);
  const decipher = createDecipheriv('aes-256-gcm', keyFrom(presented), nonce).setAAD(Buffer.from(presented.id));
  decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
  const text = Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]);
  return JSON.parse(text.toString('utf8'));
}

function keyFrom(presented: PresentedToken): Uint8Array {
  return createHmac('sha256', presented.secret).update('keywright sealed answer').digest();
}
