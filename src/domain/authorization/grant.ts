/** Why a grant or a token is no longer good. */
export type EndReason =
  | 'revoked_by_person'
  | 'revoked_by_client'
  | 'revoked_by_operator'
  | 'code_replayed'
  | 'refresh_token_reused'
  /** Never used: the request it was made for was answered by another tab at the same moment. */
  | 'abandoned';

/** When and why something is no longer good. */
export interface Ending {
  readonly at: Date;
  readonly reason: EndReason;
}

/**
 * One authorization that a person gave a client. Every code and token descends from a grant and carries its id; revoking the grant ends
 * them all, whatever order the commits take.
 */
export interface Grant {
  readonly id: string;
  readonly userId: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly createdAt: Date;
  /** When the person who gave it had last proved who they are; `null` where that was not noted. */
  readonly authenticatedAt: Date | null;
  /** The end that the person chose; `null` until they end it. Nothing that descends from the grant outlives it. */
  readonly expiresAt: Date | null;
  readonly revoked: Ending | null;
  /** When a token of this grant was last accepted; learned some seconds after the fact. `null`: never. */
  readonly lastUsedAt: Date | null;
  /** Which of its scopes a resource has needed so far. */
  readonly usedScopes: readonly string[];
}

/**
 * What goes with the end of a grant: what its person agreed to for its client, unless that is a newer word. The consent is given with the grant, and dated by the same
 * clock; whoever ended the grant may have a clock that is behind. `givenUntil` is `undefined` where the grant has not ended before.
 */
export function consentUnder({ userId, clientId, createdAt, revoked }: Pick<Grant, 'userId' | 'clientId' | 'createdAt' | 'revoked'>) {
  const givenUntil = revoked === null ? undefined : revoked.at < createdAt ? createdAt : revoked.at;
  return { of: { userId, clientId }, givenUntil };
}
