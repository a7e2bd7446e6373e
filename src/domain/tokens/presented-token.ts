/** What an opaque token is, told by its prefix: authorization code, device code, access token, refresh token, session, client secret, secret of a resource server, account link, sign-in under way upstream. */
export type TokenKind = 'ac' | 'dc' | 'at' | 'rt' | 'se' | 'cs' | 'rs' | 'al' | 'us';

/** A token as it was presented: the key to look it up by, and the secret to compare with what lies under that key. */
export interface PresentedToken {
  readonly kind: TokenKind;
  readonly id: string;
  readonly secret: Uint8Array;
  /** Of a JWT: with which key it says that it was signed. Means something only once the digest has matched. */
  readonly keyId?: string;
}
