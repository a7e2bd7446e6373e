/** What an adapter is made of: the ports with everything in them, and the few values that it needs. Free of test runners, so that a server can load it. */
// biome-ignore-all assist/source/organizeImports: in the order in which an adapter is written.

/** The whole: an object with every port, what makes it, and what all verbs of a store throw that is away. */
export type { Storage } from '../application/ports/storage.js';
export type { StorageModule, StorageSurroundings } from '../application/ports/storage-module.js';
export { StorageUnavailable } from '../application/ports/storage-unavailable.js';

/** Lists in pages. */
export type { Page, PageRequest } from '../application/ports/page.js';

/** People: their sessions, identities at others, passwords and the links by which they are chosen, and what they agreed to. */
export type { UserRepository } from '../application/ports/user-repository.js';
export type { IdentityRepository, OtherWays } from '../application/ports/identity-repository.js';
export type { PasswordChange, PasswordRepository } from '../application/ports/password-repository.js';
export type { SessionRepository } from '../application/ports/session-repository.js';
export type { ConsentRepository } from '../application/ports/consent-repository.js';
export type { User } from '../domain/people/user.js';
export type { LinkedIdentity } from '../domain/people/identity.js';
export type { AccountLink } from '../domain/accounts/account-link.js';
export type { Session } from '../domain/people/session.js';
export { type Consent, consentAfter } from '../domain/authorization/consent.js';

/** Clients with their secrets, and when secrets and grants were last used. */
export type { ClientRepository } from '../application/ports/client-repository.js';
export type { GrantUse, SecretUse, UsageRepository } from '../application/ports/usage-repository.js';
export type { Client, DisabledBy } from '../domain/clients/client.js';
export type { ClientSecret } from '../domain/clients/client-secret.js';
export { mostSecrets } from '../domain/secret-rules.js';

/** Grants, the codes and tokens that descend from them, and who is connected with what. */
export type { GrantFilter, GrantRepository } from '../application/ports/grant-repository.js';
export type { AuthorizationCodeRepository, Consumption, ConsumptionOutcome } from '../application/ports/authorization-code-repository.js';
export type { Keeping, RefreshRefusal, RefreshTokenRepository, Rotation } from '../application/ports/refresh-token-repository.js';
export type { AccessTokenRepository, TokenUser, TokenWithUser } from '../application/ports/access-token-repository.js';
export type { ConnectionRepository } from '../application/ports/connection-repository.js';
export type { Ending, EndReason, Grant } from '../domain/authorization/grant.js';
export type { AuthorizationCode } from '../domain/authorization/authorization-code.js';
export { firstUuid7 } from '../domain/tokens/uuid7.js';
export { endOfToken } from '../domain/tokens/own-token.js';
export type { RefreshToken, StoredRefreshToken } from '../domain/tokens/refresh-token.js';
export type { AccessToken, StoredAccessToken } from '../domain/tokens/access-token.js';
export type { Connection, Reach } from '../domain/authorization/connection.js';

/** What stands alone. */
export type { AuthorizationRequestRepository } from '../application/ports/authorization-request-repository.js';
export type { UpstreamRequestRepository } from '../application/ports/upstream-request-repository.js';
export type { AttemptBudget, AttemptLimiter, Taking } from '../application/ports/attempt-limiter.js';
export type { IdempotencyRepository, IdempotentBeginning, IdempotentRun } from '../application/ports/idempotency-repository.js';
export type { ResourceServerRepository } from '../application/ports/resource-server-repository.js';
export type { SigningKeyRepository } from '../application/ports/signing-key-repository.js';
export type { AuthorizationRequest, Decision } from '../domain/authorization/authorization-request.js';
export type { UpstreamRequest } from '../domain/people/upstream-request.js';
export type { ResourceServer, ResourceServerSecret } from '../domain/resources/resource-server.js';
export { sameResource } from '../domain/resources/resource.js';
export type { SigningKey } from '../domain/keys/signing-key.js';

/** The log of what was revoked, and notices of what other instances change. */
export type { RevocationRepository } from '../application/ports/revocation-repository.js';
export type { ChangeNotices, NoticeKind, NoticeListener } from '../application/ports/change-notices.js';
export { NoticeBoard } from '../application/ports/notice-board.js';
export type { Revocation, RevocationReason, RevokedSubject } from '../domain/tokens/revocation.js';

/** What grows and must be purged. */
export type { Expirable } from '../application/ports/expirable.js';

/** A store that can be moved to, and left. */
export type { ArrivingStore, LeavingStore, MovedBatch, MovedChange, MovedPage, MovedRecord, MoveStage, MoveState } from '../application/ports/moved-store.js';
export { StoreMoved } from '../application/ports/store-moved.js';
