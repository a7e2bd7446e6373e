/** What a person agreed to for a client, remembered so that the same question is not asked again. */
export interface Consent {
  readonly userId: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly givenAt: Date;
}

/** A remembered consent answers a request only when it covers every scope asked for. */
export function covers(consent: Consent | null, scopes: readonly string[]): boolean {
  return consent !== null && scopes.every((scope) => consent.scopes.includes(scope));
}
