import { type Client, deviceCodeGrant, mayUse } from '../clients/client.js';
import { later } from '../moments.js';
import type { Session } from '../people/session.js';
import type { User } from '../people/user.js';
import { scopesWithin } from '../scope.js';
import { isForDevice } from './device-request.js';
import { redirectUriMatches } from './redirect-uri.js';

/** OpenID Connect Core §3.1.2.1. */
export const promptValues = ['none', 'login', 'consent', 'select_account'] as const;
export type Prompt = (typeof promptValues)[number];

/** An authorization request (RFC 6749 §4.1.1) that passed every check, kept on the server while the person signs in and decides. */
export interface AuthorizationRequest {
  readonly id: string;
  readonly clientId: string;
  /** Where the answer goes; of a device's request a word that is no address (`isForDevice`). */
  readonly redirectUri: string;
  /** Whether the client named the redirect URI itself; if so the token request must repeat it (RFC 6749 §4.1.3). */
  readonly redirectUriNamed: boolean;
  readonly scopes: readonly string[];
  readonly resources: readonly string[];
  /** Echoed byte for byte; `null` when the client sent none. */
  readonly state: string | null;
  /** Of a device's request the digest of its own code, in base64url. */
  readonly codeChallenge: string | null;
  readonly prompts: readonly Prompt[];
  /** How many seconds before the request the person may have proved who they are; `null`: at any time. */
  readonly maxAge: number | null;
  /** The e-mail address, as `normaliseEmail` writes it, of the person whom the client expects; `null`: anybody. */
  readonly loginHint: string | null;
  /** The id of the person who said that they go on with their account; `null` until somebody does. */
  readonly chosenBy: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly decision: Decision | null;
}

/** What was answered, by whom; an allowed request names the grant that came of it. */
export type Decision = { readonly kind: 'allowed'; readonly userId: string; readonly grantId: string } | { readonly kind: 'denied'; readonly userId: string };

/** Who is signed in in the browser. */
interface SignedInAs {
  readonly session: Pick<Session, 'createdAt' | 'authenticatedAt'>;
  readonly user: Pick<User, 'id' | 'email'>;
}

/** Seconds a person has to sign in and decide. */
export const requestLifetime = 1800;

/**
 * The request as its client may still make it: without the scopes that were taken from the client since. `null`: it must not be answered any more,
 * because the address, PKCE left out, the grant type or every scope has been taken.
 */
export function stillAllowed(request: AuthorizationRequest, client: Client): AuthorizationRequest | null {
  if (!mayStillAsk(request, client)) return null;
  const scopes = scopesWithin(request.scopes, client.scopes);
  return scopes.length > 0 ? { ...request, scopes } : null;
}

function mayStillAsk(request: AuthorizationRequest, client: Client): boolean {
  if (isForDevice(request)) return mayUse(client, deviceCodeGrant);
  if (!client.redirectUris.some((registered) => redirectUriMatches(registered, request.redirectUri))) return false;
  return mayUse(client, 'authorization_code') && !(client.pkce === 'required' && request.codeChallenge === null);
}

/**
 * `prompt=login` asks for a sign-in after the request was made, `max_age` for one at most so many seconds before it; `max_age=0` is the same as
 * `prompt=login` (OpenID Connect Core §3.1.2.1). Counted from the request, so that deciding at leisure costs no second sign-in.
 */
export function mustSignInAgain({ prompts, maxAge, createdAt }: AuthorizationRequest, { session }: SignedInAs): boolean {
  const oldest = prompts.includes('login') ? 0 : maxAge;
  return oldest !== null && session.authenticatedAt < later(createdAt, -oldest);
}

/**
 * `prompt=select_account` asks which account it should be (OpenID Connect Core §3.1.2.1), and so does a `login_hint` of somebody else than who is signed in:
 * going on as the wrong one unasked would mix up two people's data at the client. Whoever signed in since the request was made has chosen.
 */
export function mustChooseAccount({ prompts, loginHint, chosenBy, createdAt }: AuthorizationRequest, { session, user }: SignedInAs): boolean {
  const open = prompts.includes('select_account') || (loginHint !== null && loginHint !== user.email);
  return open && chosenBy !== user.id && session.createdAt < createdAt;
}
