/**
 * The keys that callers name; the scripts make up those that say that something has ended: `grant:`, `removed-client:`, `own-tokens:`, `shut-out:` and the
 * three `ends-of-…`. None names a token: what stands in Redis beside an identifier is only a digest.
 */
export const keys = {
  request: (id: string) => `request:${id}`,
  code: (id: string) => `code:${id}`,
  accessToken: (id: string) => `access:${id}`,
  refreshToken: (id: string) => `refresh:${id}`,
  idempotency: (id: Uint8Array) => `once:${Buffer.from(id).toString('hex')}`,
  removedClient: (id: string) => `removed-client:${id}`,
  ownTokens: (clientId: string) => `own-tokens:${clientId}`,
  newestOwnToken: (clientId: string) => `newest-own-token:${clientId}`,
  shutOut: (userId: string) => `shut-out:${userId}`,
  /** Whose marks may not be what the other store says. */
  doubts: 'doubts',
  endsOfUser: (userId: string) => `ends-of-user:${userId}`,
  endsOfClient: (clientId: string) => `ends-of-client:${clientId}`,
  endsOfPair: (userId: string, clientId: string) => `ends-of-pair:${userId}:${clientId}`,
};

/** What the connections of a server are called that keeps something under this prefix and knows of no move. */
export function unawareName(keyPrefix: string): string {
  return `keywright/${Buffer.from(keyPrefix).toString('base64url')}`;
}
