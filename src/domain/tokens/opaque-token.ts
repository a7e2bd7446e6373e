import { timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { digest } from '../digest.js';
import { randomBytes } from '../random-bytes.js';
import { parseJwtAccessToken } from './jwt-access-token.js';
import type { PresentedToken, TokenKind } from './presented-token.js';
import { formatUuid, stampUuid7 } from './uuid7.js';

/** A token as it was just made: `token` goes to its holder and nowhere else; `id` and `digest` go to the store. */
export interface MintedToken {
  readonly id: string;
  readonly token: string;
  readonly digest: Uint8Array;
}

export const selectorBytes = 16;
export const secretBytes = 32;
const prefixLength = 'kw_at_'.length;
/** Characters that the checksum is of: the prefix, and 48 bytes. */
const checkedLength = prefixLength + ((selectorBytes + secretBytes) / 3) * 4;
/** The last character has two bits of the checksum and four that are always zero: each token has one spelling. */
const shape = /^kw_(ac|dc|at|rt|se|cs|rs|al|us)_[A-Za-z0-9_-]{69}[AQgw]$/;

/**
 * Makes a token: `kw_` kind `_`, 16 bytes of time-ordered selector and 32 bytes of secret, then a CRC-32 of all before it, in unreserved
 * characters (RFC 3986 §2.3). 76 characters. The checksum refuses a mistyped token without a query; the selector keeps the index small.
 */
export function mintToken(kind: TokenKind, now: Date): MintedToken {
  return tokenOf(kind, stampUuid7(randomBytes(selectorBytes + secretBytes), now));
}

/** The token of these bytes, selector and secret, which belong to nobody else. */
export function tokenOf(kind: TokenKind, bytes: Buffer): MintedToken {
  const body = `kw_${kind}_${bytes.toString('base64url')}`;
  return { id: formatUuid(bytes), token: body + checksum(body), digest: digestOf(bytes.subarray(selectorBytes)) };
}

/** Reads a presented token, opaque or a JWT; `null` when it cannot be one of ours (wrong form, wrong checksum). Costs no query. */
export function parseToken(text: string): PresentedToken | null {
  if (!text.startsWith('kw_')) return parseJwtAccessToken(text);
  if (!shape.test(text)) return null;
  const bytes = Buffer.from(text.slice(prefixLength), 'base64url');
  const end = selectorBytes + secretBytes;
  if (bytes.readUInt32BE(end) !== crc32(text.slice(0, checkedLength))) return null;
  return { kind: text.slice(3, 5) as TokenKind, id: formatUuid(bytes), secret: bytes.subarray(selectorBytes, end) };
}

/** Reads a presented token of one kind; `null` when it is malformed or of another kind. */
export function parseTokenOf(kind: TokenKind, text: string): PresentedToken | null {
  const mayBeJwt = kind === 'at' && !text.startsWith('kw_');
  if (!mayBeJwt && !text.startsWith(`kw_${kind}_`)) return null;
  const presented = parseToken(text);
  return presented?.kind === kind ? presented : null;
}

/** The SHA-256 that is stored in place of a secret. Our secrets hold 256 random bits, so a slow hash would add nothing. */
export function digestOf(secret: Uint8Array): Uint8Array {
  return digest('sha256', secret);
}

/** Does the presented secret belong to the stored digest? Compared in constant time. */
export function matchesDigest(presented: PresentedToken, stored: Uint8Array): boolean {
  return timingSafeEqual(digestOf(presented.secret), stored);
}

const sum = Buffer.alloc(4);

function checksum(body: string): string {
  sum.writeUInt32BE(crc32(body));
  return sum.toString('base64url');
}
