import type { EndReason } from '../authorization/grant.js';

/** Whose access tokens are ended. */
export type RevokedSubject =
  | { readonly kind: 'token'; readonly tokenId: string }
  | { readonly kind: 'grant'; readonly grantId: string }
  /** All of a client, also those that it obtained for itself: it is disabled or removed. */
  | { readonly kind: 'client'; readonly clientId: string }
  /** Those that a client obtained for itself, issued at the moment of the entry or before. */
  | { readonly kind: 'own_tokens'; readonly clientId: string }
  /** All of a person: disabled or deleted. */
  | { readonly kind: 'user'; readonly userId: string }
  /** Very many grants at once: all of a person, of a client, or of a person for a client, as they were at that moment. */
  | { readonly kind: 'grants'; readonly clientId: string | null; readonly userId: string | null };

/** `restored`: a client or person was enabled again; what was said of it before no longer counts. */
export type RevocationReason = EndReason | 'client_disabled' | 'user_disabled' | 'restored';

/** What ended access tokens before their time. Never holds a token. */
export interface Revocation {
  readonly subject: RevokedSubject;
  readonly at: Date;
  /** By then every access token that is meant has expired. */
  readonly until: Date;
  readonly reason: RevocationReason;
}
