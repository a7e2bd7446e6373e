import type { IssuedAccessToken } from './issue-tokens.js';

/** What a token request is answered with (RFC 6749 §5.1), and of whom it is. The only place where tokens stand in clear. */
export interface TokenAnswer {
  readonly accessToken: string;
  /** Seconds. */
  readonly expiresIn: number;
  readonly refreshToken: string | null;
  readonly scopes: readonly string[];
  /** Of the access token, which is its `jti`, and of the refresh token. */
  readonly tokenId: string;
  readonly refreshTokenId: string | null;
  /** The person for whom it is and the grant it descends from; `null`: a client acts for itself. */
  readonly userId: string | null;
  readonly grantId: string | null;
}

/** A refresh token as it is handed out. */
export interface HandedOut {
  readonly id: string;
  readonly text: string;
}

/** The answer that hands these out. */
export function answerOf({ text, record, expiresIn }: IssuedAccessToken, refreshToken: HandedOut | null): TokenAnswer {
  const { scopes, id, userId, grantId } = record;
  return {
    accessToken: text,
    expiresIn,
    refreshToken: refreshToken?.text ?? null,
    scopes,
    tokenId: id,
    refreshTokenId: refreshToken?.id ?? null,
    userId,
    grantId,
  };
}
