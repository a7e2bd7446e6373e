import type { OAuthError } from '../../domain/errors.js';

/** What the client is told at its redirect URI (RFC 6749 §4.1.2, §4.1.2.1). */
export type RedirectAnswer = { readonly redirectUri: string; readonly state: string | null } & ({ readonly code: string } | { readonly error: OAuthError });

/** What a person's decision comes to. A device asks for itself (RFC 8628 §3.4); the person is only told. */
export type AuthorizationAnswer = RedirectAnswer | { readonly onDevice: 'allowed' | 'denied' };
