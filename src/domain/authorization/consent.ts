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

/** A remembered consent answers a request only when it covers every scope asked for. */
export function covers(consent: Consent | null, scopes: readonly string[]): boolean {
  return consent !== null && scopes.every((scope) => consent.scopes.includes(scope));
}
