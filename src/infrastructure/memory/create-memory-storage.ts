import type { Storage } from '../../application/ports/storage.js';
import { MemoryAccessTokenRepository } from './memory-access-token-repository.js';
import { memoryAttemptLimiter } from './memory-attempt-limiter.js';
import { MemoryAuthorizationCodeRepository } from './memory-authorization-code-repository.js';
import { MemoryAuthorizationRequestRepository } from './memory-authorization-request-repository.js';
import { MemoryClientRepository } from './memory-client-repository.js';
import { MemoryConnectionRepository } from './memory-connection-repository.js';
import { MemoryConsentRepository } from './memory-consent-repository.js';
import { memoryExpirables } from './memory-expirables.js';
import { MemoryGrantRepository } from './memory-grant-repository.js';
import { MemoryIdempotencyRepository } from './memory-idempotency-repository.js';
import { MemoryIdentityRepository } from './memory-identity-repository.js';
import { MemoryPasswordRepository } from './memory-password-repository.js';
import { MemoryRefreshTokenRepository } from './memory-refresh-token-repository.js';
import { MemoryResourceServerRepository } from './memory-resource-server-repository.js';
import { MemoryRevocationRepository } from './memory-revocation-repository.js';
import { MemorySessionRepository } from './memory-session-repository.js';
import { MemorySigningKeyRepository } from './memory-signing-key-repository.js';
import { memoryTables } from './memory-tables.js';
import { MemoryUpstreamRequestRepository } from './memory-upstream-request-repository.js';
import { MemoryUsageRepository } from './memory-usage-repository.js';
import { MemoryUserRepository } from './memory-user-repository.js';

/** A store that lives and dies with the process: for trying things out and for fast tests. Keeps every promise of the ports but durability. */
export function createMemoryStorage(tables = memoryTables()): Storage {
  return {
    clients: new MemoryClientRepository(tables),
    users: new MemoryUserRepository(tables),
    identities: new MemoryIdentityRepository(tables),
    upstreamRequests: new MemoryUpstreamRequestRepository(tables),
    sessions: new MemorySessionRepository(tables),
    passwords: new MemoryPasswordRepository(tables),
    attempts: memoryAttemptLimiter(),
    authorizationRequests: new MemoryAuthorizationRequestRepository(tables),
    consents: new MemoryConsentRepository(tables),
    grants: new MemoryGrantRepository(tables),
    authorizationCodes: new MemoryAuthorizationCodeRepository(tables),
    accessTokens: new MemoryAccessTokenRepository(tables),
    refreshTokens: new MemoryRefreshTokenRepository(tables),
    connections: new MemoryConnectionRepository(tables),
    resourceServers: new MemoryResourceServerRepository(tables),
    signingKeys: new MemorySigningKeyRepository(tables),
    usage: new MemoryUsageRepository(tables),
    idempotencyKeys: new MemoryIdempotencyRepository(tables),
    revocations: new MemoryRevocationRepository(tables),
    notices: tables.notices,
    expirables: memoryExpirables(tables),
    async ping() {},
    async close() {},
  };
}
