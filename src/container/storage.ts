import { ClientCache } from '../infrastructure/client-cache.js';
import { RecentRefreshTokens } from '../infrastructure/recent-refresh-tokens.js';
import { ports } from './ports.js';
import type { Given, Provide } from './provide.js';

/** The repositories of the store, and the clients as they were a moment ago; beside them clock and password hasher. */
export function provideStorage(provide: Provide, { storage, clock, passwordHasher }: Given): void {
  provide(ports.clock, () => clock);
  provide(ports.passwordHasher, () => passwordHasher);
  provide(ClientCache, () => new ClientCache(storage.clients, storage.notices));
  provide(ports.clients, (get) => get(ClientCache).clients);
  provide(ports.recentClients, (get) => get(ClientCache).recent);
  provide(ports.recentRefreshTokens, () => new RecentRefreshTokens(storage.refreshTokens));
  provide(ports.users, () => storage.users);
  provide(ports.identities, () => storage.identities);
  provide(ports.upstreamRequests, () => storage.upstreamRequests);
  provide(ports.sessions, () => storage.sessions);
  provide(ports.passwords, () => storage.passwords);
  provide(ports.authorizationRequests, () => storage.authorizationRequests);
  provide(ports.consents, () => storage.consents);
  provide(ports.grants, () => storage.grants);
  provide(ports.authorizationCodes, () => storage.authorizationCodes);
  provide(ports.accessTokens, () => storage.accessTokens);
  provide(ports.refreshTokens, () => storage.refreshTokens);
  provide(ports.connections, () => storage.connections);
  provide(ports.resourceServers, () => storage.resourceServers);
  provide(ports.signingKeys, () => storage.signingKeys);
  provide(ports.usage, () => storage.usage);
  provide(ports.idempotencyKeys, () => storage.idempotencyKeys);
  provide(ports.attempts, () => storage.attempts);
  provide(ports.revocations, () => storage.revocations);
  provide(ports.notices, () => storage.notices);
}
