import { matchesDigest, parseTokenOf, type TokenKind } from './tokens/opaque-token.js';

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

/** The secret that was presented, among those of the caller, if it is one of them and alive at `now`. */
export function presentedSecret<Own extends Secret>(kind: TokenKind, secrets: readonly Own[], text: string, now: Date): Own | null {
  const presented = parseTokenOf(kind, text);
  if (!presented) return null;
  const secret = secrets.find((candidate) => candidate.id === presented.id);
  if (!secret || !matchesDigest(presented, secret.digest)) return null;
  return secret.expiresAt !== null && secret.expiresAt <= now ? null : secret;
}
