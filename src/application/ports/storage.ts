import type { AccessTokenRepository } from './access-token-repository.js';
import type { AttemptLimiter } from './attempt-limiter.js';
import type { AuthorizationCodeRepository } from './authorization-code-repository.js';
import type { AuthorizationRequestRepository } from './authorization-request-repository.js';
import type { ChangeNotices } from './change-notices.js';
import type { ClientRepository } from './client-repository.js';
import type { ConnectionRepository } from './connection-repository.js';
import type { ConsentRepository } from './consent-repository.js';
import type { Expirable } from './expirable.js';
import type { GrantRepository } from './grant-repository.js';
import type { IdempotencyRepository } from './idempotency-repository.js';
import type { IdentityRepository } from './identity-repository.js';
import type { ArrivingStore, LeavingStore } from './moved-store.js';
import type { PasswordRepository } from './password-repository.js';
import type { RefreshTokenRepository } from './refresh-token-repository.js';
import type { ResourceServerRepository } from './resource-server-repository.js';
import type { RevocationRepository } from './revocation-repository.js';
import type { SessionRepository } from './session-repository.js';
import type { SigningKeyRepository } from './signing-key-repository.js';
import type { UpstreamRequestRepository } from './upstream-request-repository.js';
import type { UsageRepository } from './usage-repository.js';
import type { UserRepository } from './user-repository.js';

/** Every repository of one store, and the store's own life. Use cases take the repositories they need, never the whole. */
export interface Storage {
  readonly clients: ClientRepository;
  readonly users: UserRepository;
  readonly identities: IdentityRepository;
  readonly upstreamRequests: UpstreamRequestRepository;
  readonly sessions: SessionRepository;
  readonly attempts: AttemptLimiter;
  readonly passwords: PasswordRepository;
  readonly authorizationRequests: AuthorizationRequestRepository;
  readonly consents: ConsentRepository;
  readonly grants: GrantRepository;
  readonly authorizationCodes: AuthorizationCodeRepository;
  readonly accessTokens: AccessTokenRepository;
  readonly refreshTokens: RefreshTokenRepository;
  readonly connections: ConnectionRepository;
  readonly resourceServers: ResourceServerRepository;
  readonly signingKeys: SigningKeyRepository;
  readonly usage: UsageRepository;
  readonly idempotencyKeys: IdempotencyRepository;
  readonly revocations: RevocationRepository;
  /** What other instances change, as far as it must be known here at once. */
  readonly notices: ChangeNotices;
  /** What grows and must be purged, in the order in which it can be deleted. */
  readonly expirables: readonly Expirable[];
  /** For a store that can be moved to (`arriving`), and from (`leaving`), while servers use it (docs/moving.md); either may be left out. */
  readonly arriving?: ArrivingStore;
  readonly leaving?: LeavingStore;
  /**
   * Resolves when the store can serve, writes included; throws `StorageUnavailable` otherwise. Asked about once a second at most. `thoroughly`: a verb has failed, and
   * this should fail as long as verbs do, though it may cost more.
   */
  ping(thoroughly?: boolean): Promise<void>;
  /** The time by the store's own clock; for a store that several servers share, and left out by others. Throws `StorageUnavailable`. */
  now?(): Promise<Date>;
  /** Ends connections, and does not wait for them for ever. */
  close(): Promise<void>;
}
