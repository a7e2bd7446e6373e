/** What a token request is answered with (RFC 6749 §5.1). The only place where tokens stand in clear. */
export interface TokenAnswer {
  readonly accessToken: string;
  /** Seconds. */
  readonly expiresIn: number;
  readonly refreshToken: string | null;
  readonly scopes: readonly string[];
}
