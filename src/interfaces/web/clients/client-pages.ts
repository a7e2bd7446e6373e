import type { ClientUseCases } from '../../../application/clients/client-use-cases.js';
import type { Idempotently } from '../../../application/operations/idempotently.js';
import type { Clock } from '../../../application/ports/clock.js';
import type { KnownScopes } from '../../../application/resources/known-scopes.js';
import type { AdmittedIntroductions } from '../../../domain/clients/introduction.js';
import type { ListCursor } from '../list-cursor.js';
import type { UsualLifetimes } from './lifetime-text.js';

/** What the pages of clients work with. */
export interface ClientPages extends ClientUseCases {
  readonly issuer: string;
  /** Whose apps may introduce themselves. */
  readonly introductions: AdmittedIntroductions;
  readonly knownScopes: KnownScopes;
  readonly usual: UsualLifetimes;
  readonly cursor: ListCursor;
  readonly clock: Clock;
  readonly idempotently: Idempotently;
}
