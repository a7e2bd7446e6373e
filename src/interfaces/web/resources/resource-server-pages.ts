import type { Idempotently } from '../../../application/operations/idempotently.js';
import type { Clock } from '../../../application/ports/clock.js';
import type { ResourceServerUseCases } from '../../../application/resources/resource-server-use-cases.js';

/** What the pages of resource servers work with. */
export interface ResourceServerPages {
  readonly issuer: string;
  readonly clock: Clock;
  readonly idempotently: Idempotently;
  readonly resourceServers: ResourceServerUseCases;
}

/** Where they all are. */
export const resourceServersPath = '/admin/resource-servers';

/** What the pages say after a change. */
export const resourceServerDoneWords: Readonly<Record<string, string>> = {
  saved: 'Your changes are saved.',
  'secret-removed': 'The secret is removed.',
  deleted: 'The API is removed: its secrets and scopes are gone.',
};
