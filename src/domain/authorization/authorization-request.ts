import { type Client, mayUse } from '../clients/client.js';
import { scopesWithin } from '../scope.js';
import { redirectUriMatches } from './redirect-uri.js';

export type Prompt = 'none' | 'login' | 'consent';

/** An authorization request (RFC 6749 §4.1.1) that passed every check, kept on the server while the person signs in and decides. */
export interface AuthorizationRequest {
  readonly id: string;
  readonly clientId: string;
  /** Where the answer goes. */
  readonly redirectUri: string;
  /** Whether the client named the redirect URI itself; if so the token request must repeat it (RFC 6749 §4.1.3). */
  readonly redirectUriNamed: boolean;
  readonly scopes: readonly string[];
  readonly resources: readonly string[];
  /** Echoed byte for byte; `null` when the client sent none. */
  readonly state: string | null;
  readonly codeChallenge: string | null;
  readonly prompts: readonly Prompt[];
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly decision: Decision | null;
}

/** What was answered, by whom; an allowed request names the grant that came of it. */
export type Decision = { readonly kind: 'allowed'; readonly userId: string; readonly grantId: string } | { readonly kind: 'denied'; readonly userId: string };

/** Seconds a person has to sign in and decide. */
export const requestLifetime = 1800;

/**
 * The request as its client may still make it: without the scopes that were taken from the client since. `null`: it must not be answered any more,
 * because the address, PKCE left out, the grant type or every scope has been taken.
 */
export function stillAllowed(request: AuthorizationRequest, client: Client): AuthorizationRequest | null {
  if (!client.redirectUris.some((registered) => redirectUriMatches(registered, request.redirectUri))) return null;
  if (!mayUse(client, 'authorization_code') || (client.pkce === 'required' && request.codeChallenge === null)) return null;
  const scopes = scopesWithin(request.scopes, client.scopes);
  return scopes.length > 0 ? { ...request, scopes } : null;
}

/** `prompt=login` asks for a sign-in after the request was made (OpenID Connect Core §3.1.2.1). */
export function mustSignInAgain(request: AuthorizationRequest, authenticatedAt: Date): boolean {
  return request.prompts.includes('login') && authenticatedAt < request.createdAt;
}
