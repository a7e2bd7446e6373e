/** What grows, leaves first: a grant can only go when nothing that descends from it is left. */
export function expirables(store) {
  const expirable = (table, key = 'id', dead = 'expiresAt < ?') => ({
    purge: (deadBefore, limit) =>
      store.step((database) => database.delete(table, `${key} IN (SELECT ${key} FROM ${table} WHERE ${dead} LIMIT ?)`, deadBefore, limit)),
  });
  const unused = ['codes', 'accessTokens', 'refreshTokens'].map((table) => `AND NOT EXISTS (SELECT 1 FROM ${table} WHERE ${table}.grantId = grants.id)`);
  return [
    ...[
      'authorizationRequests',
      'codes',
      'accessTokens',
      'refreshTokens',
      'idempotencyKeys',
      'upstreamRequests',
      'links',
      'attempts',
      'sessions',
      'consents',
    ].map((table) => expirable(table)),
    expirable('revocations', 'number'),
    expirable('grants', 'id', `neededUntil < ? ${unused.join(' ')}`),
  ];
}
