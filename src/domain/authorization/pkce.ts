import { createHash, timingSafeEqual } from 'node:crypto';

/** "code-verifier = 43*128unreserved" (RFC 7636 §4.1). */
const verifierShape = /^[A-Za-z0-9\-._~]{43,128}$/;

/** The base64url of a SHA-256 is 43 characters, the last of which carries four bits (RFC 7636 §4.2). */
const challengeShape = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;

/** Could this be an S256 challenge at all? */
export function isS256Challenge(challenge: string): boolean {
  return challengeShape.test(challenge);
}

/** BASE64URL-ENCODE(SHA256(ASCII(code_verifier))) == code_challenge (RFC 7636 §4.6), compared in constant time. */
export function verifierMatches(verifier: string, challenge: string): boolean {
  if (!verifierShape.test(verifier) || !isS256Challenge(challenge)) return false;
  const computed = createHash('sha256').update(verifier, 'ascii').digest();
  return timingSafeEqual(computed, Buffer.from(challenge, 'base64url'));
}
