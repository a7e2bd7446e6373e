import { isUuid } from '../is-uuid.js';
import type { PresentedToken } from './presented-token.js';

/** The `typ` of RFC 9068 §2.1, which an id token does not have. */
export const accessTokenType = 'at+jwt';

/** Characters: none longer is issued or read; most have some hundreds. */
export const longestJwt = 8192;
const shape = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.[A-Za-z0-9_-]+$/;

/**
 * Reads a presented JWT; `null` when it cannot be an access token of ours. Its signature is not looked at, nor any `alg`, `kid`, `jku` or `x5u`: what the
 * store keeps is the digest of the whole text that was signed here, so that another text, however signed, is none of ours.
 */
export function parseJwtAccessToken(text: string): PresentedToken | null {
  const match = text.length <= longestJwt ? shape.exec(text) : null;
  if (!match) return null;
  const [header, claims] = [match[1], match[2]].map((part) => objectIn(part as string));
  if (header?.typ !== accessTokenType || !isUuid(claims?.jti)) return null;
  return { kind: 'at', id: claims.jti, secret: Buffer.from(text), ...(typeof header.kid === 'string' && { keyId: header.kid }) };
}

function objectIn(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' ? (value as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}
