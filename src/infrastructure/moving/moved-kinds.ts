const tokens = ['authorizationRequests', 'authorizationCodes', 'accessTokens', 'refreshTokens', 'idempotencyKeys'];

/** What moves between a PostgreSQL and a Redis beside it. The rest stays where it is. */
export const besideRedisKinds = {
  tokens,
  /** Also what has ended: Redis has to know what descends from it. */
  fromPostgres: ['shutOutUsers', 'removedClients', 'revokedOwnTokens', 'endedGrants', ...tokens],
  /** Grants that Redis alone knows to have ended, because the database was away when it was to be told. */
  toPostgres: ['endedGrants', ...tokens],
};
