import type { OAuthError } from '../../domain/errors.js';

/** What the client is told at its redirect URI (RFC 6749 §4.1.2, §4.1.2.1). */
export type AuthorizationAnswer = { readonly redirectUri: string; readonly state: string | null } & (
  | { readonly code: string }
  | { readonly error: OAuthError }
);
