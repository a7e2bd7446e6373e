import type { Expirable } from '../../application/ports/expirable.js';
import type { MemoryTables } from './memory-tables.js';

/** What grows, leaves first: a grant can only go when nothing that descends from it is left. */
export function memoryExpirables(tables: MemoryTables): readonly Expirable[] {
  return [
    expirable(tables.authorizationRequests, (request) => request.expiresAt),
    expirable(tables.authorizationCodes, ({ code }) => code.expiresAt),
    expirable(tables.accessTokens, ({ token }) => token.expiresAt),
    expirable(tables.refreshTokens, ({ token }) => token.expiresAt),
    expirable(tables.idempotencyKeys, (key) => key.expiresAt),
    expirable(tables.upstreamRequests, (request) => request.expiresAt),
    expirable(tables.revocations, (revocation) => revocation.until),
    expirable(tables.accountLinks, (link) => link.expiresAt),
    expirable(tables.sessions, (session) => session.expiresAt),
    // Only those that were given for a time have an end.
    expirable(tables.consents, (consent) => consent.expiresAt),
    {
      async purge(deadBefore, limit) {
        const inUse = grantsInUse(tables);
        return purge(tables.grants, limit, ({ grant, neededUntil }) => neededUntil < deadBefore && !inUse.has(grant.id));
      },
    },
  ];
}

function expirable<Key, Row>(table: Map<Key, Row>, expiryOf: (row: Row) => Date | null): Expirable {
  return {
    async purge(deadBefore, limit) {
      return purge(table, limit, (row) => {
        const expiry = expiryOf(row);
        return expiry !== null && expiry < deadBefore;
      });
    },
  };
}

function purge<Key, Row>(table: Map<Key, Row>, limit: number, isDead: (row: Row) => boolean): number {
  let deleted = 0;
  for (const [id, row] of table) {
    if (deleted >= limit) break;
    if (isDead(row) && table.delete(id)) deleted += 1;
  }
  return deleted;
}

function grantsInUse({ authorizationCodes, accessTokens, refreshTokens }: MemoryTables): ReadonlySet<string | null> {
  return new Set([
    ...[...authorizationCodes.values()].map(({ code }) => code.grantId),
    ...[...accessTokens.values()].map(({ token }) => token.grantId),
    ...[...refreshTokens.values()].map(({ token }) => token.grantId),
  ]);
}
