import type { ClientMetadataSource } from '../application/clients/named-clients.js';
import type { NamedIssuer } from '../application/identities/named-issuer.js';
import type { AuditTrail } from '../application/ports/audit-trail.js';
import type { Clock } from '../application/ports/clock.js';
import type { Mailer } from '../application/ports/mailer.js';
import type { PasswordHasher } from '../application/ports/password-hasher.js';
import type { Storage } from '../application/ports/storage.js';
import type { UpstreamProvider } from '../application/ports/upstream-provider.js';
import type { UserAuthenticator } from '../application/ports/user-authenticator.js';
import type { Config } from '../config.js';
import type { Admitted } from '../domain/clients/places.js';
import type { SecretKeys } from '../domain/secret-key.js';

/** What the use cases are made from. */
export interface Foundations {
  readonly config: Pick<Config, 'issuer' | 'keys' | 'lifetimes' | 'catalogue' | 'sessionLifetimes' | 'localAccounts' | 'unregisteredResources'>;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly passwordHasher: PasswordHasher;
  /** Ways to check e-mail and password besides the accounts kept here. */
  readonly authenticators?: readonly UserAuthenticator[];
  /** Left out: nothing can be mailed. */
  readonly mailer?: Mailer | null;
  /** Servers elsewhere at which people sign in. */
  readonly upstreamProviders?: readonly UpstreamProvider[];
  /** Which clients may describe themselves, and how what they say is read; left out: none. */
  readonly clientMetadata?: ClientMetadataSource;
  /** Where clients that register themselves may send people back to; left out: nowhere, and none does. */
  readonly admittedRedirects?: Admitted;
  /** Whoever else vouches for people here. */
  readonly otherIssuers?: readonly NamedIssuer[];
  /** Where it is written down who did what; left out: nowhere. */
  readonly auditTrail?: AuditTrail | null;
  /** Seals what only this server may read again. Left out, what is sealed ends with the process. */
  readonly secretKeys?: SecretKeys;
}
