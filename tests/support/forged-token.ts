import { crc32 } from 'node:zlib';
import { mintToken } from '../../src/domain/tokens/opaque-token.js';
import type { TokenKind } from '../../src/domain/tokens/presented-token.js';

/** A well-formed token that finds the row of `token` and does not open it: its selector, another secret. */
export function forgedToken(token: string): string {
  return assembled(token.slice(3, 5) as TokenKind, selectorOf(token), secretOf(mintToken('ac', new Date(0)).token));
}

/** The selector and the secret of `token` under another prefix, with a checksum that fits. */
export function tokenOfKind(kind: TokenKind, token: string): string {
  return assembled(kind, selectorOf(token), secretOf(token));
}

function assembled(kind: TokenKind, selector: Uint8Array, secret: Uint8Array): string {
  const body = `kw_${kind}_${Buffer.concat([selector, secret]).toString('base64url')}`;
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return body + sum.toString('base64url');
}

function selectorOf(token: string): Uint8Array {
  return Buffer.from(token.slice(6, 70), 'base64url').subarray(0, 16);
}

function secretOf(token: string): Uint8Array {
  return Buffer.from(token.slice(6, 70), 'base64url').subarray(16);
}
