import { matchesDigest, parseTokenOf } from '../tokens/opaque-token.js';

/** How many secrets a client may have: all of them are read on every token request. */
export const mostSecrets = 20;

/** One of a client's secrets. It is shown in full once, when it is made; afterwards by its label and last four characters. */
export interface ClientSecret {
  readonly id: string;
  readonly clientId: string;
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

/** The secret that was presented, among those of the client, if it is one of them and alive at `now`. */
export function presentedSecret(secrets: readonly ClientSecret[], text: string, now: Date): ClientSecret | null {
  const presented = parseTokenOf('cs', text);
  if (!presented) return null;
  const secret = secrets.find((candidate) => candidate.id === presented.id);
  if (!secret || !matchesDigest(presented, secret.digest)) return null;
  return secret.expiresAt !== null && secret.expiresAt <= now ? null : secret;
}
