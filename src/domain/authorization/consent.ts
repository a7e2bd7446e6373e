import { sameMembers, scopesBeyond, unionOf } from '../scope.js';
import type { AuthorizationRequest } from './authorization-request.js';
import { portless, redirectUriMatches } from './redirect-uri.js';

/** What a person agreed to for a client, remembered so that the same question is not asked again. */
export interface Consent {
  readonly userId: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** Optional ones that the person left out when they were asked for. */
  readonly declinedScopes: readonly string[];
  /** Where the answer was to go, a loopback address without its port. At each of them the person agreed to all of `scopes`. */
  readonly redirectUris: readonly string[];
  readonly givenAt: Date;
  /** When it is forgotten and everything given under it ends; `null`: not by itself. */
  readonly expiresAt: Date | null;
}

/** The address of a request as a consent keeps it. */
export function agreedAddress({ redirectUri }: Pick<AuthorizationRequest, 'redirectUri'>): string {
  return portless(redirectUri);
}

/**
 * The scopes that a remembered consent gives a request, without asking: those of it that were agreed to. `null`: the person must be asked, because the
 * consent is over, because the answer would go where they never sent one (an address that the client was given since), because of a scope that they
 * neither agreed to nor, `optionalScopes` being what may be left out, left out, or because nothing is left.
 */
export function agreedScopes(
  consent: Consent | null,
  { scopes: requested, redirectUri }: Pick<AuthorizationRequest, 'scopes' | 'redirectUri'>,
  optionalScopes: readonly string[],
  now: Date,
): readonly string[] | null {
  if (consent === null || (consent.expiresAt !== null && consent.expiresAt <= now)) return null;
  if (!consent.redirectUris.some((agreed) => redirectUriMatches(agreed, redirectUri))) return null;
  const agreed = requested.filter((scope) => consent.scopes.includes(scope));
  const leftOut = (scope: string) => consent.declinedScopes.includes(scope) && optionalScopes.includes(scope);
  return agreed.length > 0 && scopesBeyond(requested, agreed).every(leftOut) ? agreed : null;
}

/**
 * What is remembered when a person agrees once more. Where either is limited in time, the new one alone. Otherwise, at an address they agreed to before,
 * scopes add up and the new word on each counts; at another they agreed to what they were asked there, no more. Addresses of before stay when that is
 * just what was agreed to at them.
 */
export function consentAfter(earlier: Consent, added: Consent): Consent {
  if (earlier.expiresAt !== null || added.expiresAt !== null) return added;
  const known = scopesBeyond(added.redirectUris, earlier.redirectUris).length === 0;
  const scopes = known ? scopesBeyond(unionOf(earlier.scopes, added.scopes), added.declinedScopes) : added.scopes;
  return {
    ...added,
    scopes,
    declinedScopes: known ? scopesBeyond(unionOf(earlier.declinedScopes, added.declinedScopes), added.scopes) : added.declinedScopes,
    redirectUris: sameMembers(scopes, earlier.scopes) ? unionOf(earlier.redirectUris, added.redirectUris) : added.redirectUris,
    givenAt: new Date(Math.max(earlier.givenAt.getTime(), added.givenAt.getTime())),
  };
}
