import { timingSafeEqual } from 'node:crypto';
import { matchesDigest, parseTokenOf } from './tokens/opaque-token.js';
import type { TokenKind } from './tokens/presented-token.js';

/** One of several random passwords of a caller. It is shown in full once, when it is made; afterwards by its label and last four characters. */
export interface Secret {
  readonly id: string;
  readonly label: string;
  readonly digest: Uint8Array;
  readonly lastFour: string;
  readonly createdAt: Date;
  /** The person who made it; `null` for the command line. */
  readonly createdBy: string | null;
  readonly expiresAt: Date | null;
  /** When it was last used, and from which network address where that is known; learned some seconds after the fact. `null`: never. */
  readonly lastUsed: { readonly at: Date; readonly from: string | null } | null;
}

/**
 * Of the secrets of a caller, the one that was right last, with its text. Whoever is busy presents it over and over, and hashing it was a tenth of an answer. Gone
 * with the list, which who keeps callers in memory reads anew each second (ADR 0038).
 */
const rightLast = new WeakMap<readonly Secret[], { readonly id: string; readonly text: Uint8Array }>();

/** The secret that was presented, among those of the caller, if it is one of them and alive at `now`. Compared in constant time. */
export function presentedSecret<Own extends Secret>(kind: TokenKind, secrets: readonly Own[], text: string, now: Date): Own | null {
  const bytes = Buffer.from(text);
  const last = rightLast.get(secrets);
  const isLast = last !== undefined && last.text.length === bytes.length && timingSafeEqual(last.text, bytes);
  const secret = isLast ? secrets.find(({ id }) => id === last.id) : secretOf(kind, secrets, text);
  if (!secret) return null;
  if (!isLast) rightLast.set(secrets, { id: secret.id, text: new Uint8Array(bytes) });
  return secret.expiresAt !== null && secret.expiresAt <= now ? null : secret;
}

function secretOf<Own extends Secret>(kind: TokenKind, secrets: readonly Own[], text: string): Own | undefined {
  const presented = parseTokenOf(kind, text);
  return presented ? secrets.find(({ id, digest }) => id === presented.id && matchesDigest(presented, digest)) : undefined;
}
