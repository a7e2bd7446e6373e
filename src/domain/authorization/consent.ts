import { scopesBeyond } from '../scope.js';

/** What a person agreed to for a client, remembered so that the same question is not asked again. */
export interface Consent {
  readonly userId: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** Optional ones that the person left out when they were asked for. */
  readonly declinedScopes: readonly string[];
  readonly givenAt: Date;
  /** When it is forgotten and everything given under it ends; `null`: not by itself. */
  readonly expiresAt: Date | null;
}

/**
 * The scopes that a remembered consent gives a request, without asking: those of it that were agreed to. `null`: the person must be asked, because the
 * consent is over, because of a scope that they neither agreed to nor, `optionalScopes` being what may be left out, left out, or because nothing is left.
 */
export function agreedScopes(consent: Consent | null, requested: readonly string[], optionalScopes: readonly string[], now: Date): readonly string[] | null {
  if (consent === null || (consent.expiresAt !== null && consent.expiresAt <= now)) return null;
  const agreed = requested.filter((scope) => consent.scopes.includes(scope));
  const leftOut = (scope: string) => consent.declinedScopes.includes(scope) && optionalScopes.includes(scope);
  return agreed.length > 0 && scopesBeyond(requested, agreed).every(leftOut) ? agreed : null;
}
