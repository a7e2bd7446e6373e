/**
 * Who and what an action is about, as far as it is known. Ids and network addresses only: never a token, code, secret or password, and neither e-mail addresses
 * nor names.
 */
export interface AuditSubjects {
  /** Who acted: a person's id, or `operator` for the command line and for clients of the house. A client that asks for tokens is `clientId`. */
  readonly actor?: string;
  /** The client through which the actor acted, where it was one. */
  readonly through?: string;
  /** The network address from which it was done. */
  readonly from?: string | null;
  readonly clientId?: string;
  /** The person it was done to, or for. */
  readonly userId?: string | null;
  readonly grantId?: string | null;
  /** The public part of an access token or a code: of an access token its `jti`. */
  readonly tokenId?: string;
  /** The public part of a refresh token. */
  readonly refreshTokenId?: string | null;
  readonly resourceServerId?: string;
  readonly secretId?: string;
  readonly sessionId?: string;
  readonly keyId?: string;
  readonly grantType?: string;
  /** How a person signed in, as sessions note it. */
  readonly method?: string;
  readonly scopes?: readonly string[];
  /** How many things ended by it. */
  readonly ended?: number;
}

/**
 * `done`: it happened. `refused`: it was not allowed, and nothing happened. `replayed`, of a code, and `reused`, of a refresh token: it came again after it was
 * used, and what it had given was revoked (RFC 9700 §4.14.2). `failed`: the server could not do it, or does not know whether it was done.
 */
export type AuditOutcome = 'done' | 'refused' | 'replayed' | 'reused' | 'failed';

export interface AuditEvent extends AuditSubjects {
  readonly at: Date;
  /** What was done, as `thing.verb`. */
  readonly action: string;
  readonly outcome: AuditOutcome;
  /** Why it was not done, or what was done where there is more than one way; for whoever reads the trail, more than the caller was told. */
  readonly reason?: string;
}

/** Where it is written down who did what. */
export interface AuditTrail {
  /** Never throws, and never keeps an action from being answered. */
  record(event: AuditEvent): void;
}
