import type { Connection, ConnectionPlace, Reach } from '../../domain/authorization/connection.js';
import type { Grant } from '../../domain/authorization/grant.js';
import type { Page, PageRequest } from './page.js';

/**
 * Who is connected with what, for reading. Only live grants count: not revoked, the client not removed, and something that descends from them may
 * still be good after `at` (the code that was not exchanged yet; the access token; the whole chain of refresh tokens). A consent is remembered when the client
 * is not removed and asks people (`consent` is `ask`), and the consent does not end, or ends after `at`. Any verb may throw `StorageUnavailable`.
 */
export interface ConnectionRepository {
  /**
   * A person's connected apps, by client id, and behind all of them those of which only a consent is remembered, by client id. A page is read at one moment, and
   * begins behind the place `after`, whether anything stands there by now or not. So what stays live, or remembered, while somebody goes through the pages is on
   * exactly one of them. What ceases to be live may be on two, and is on one at least; what becomes live may be on none, behind whoever has passed its place.
   */
  listOf(userId: string, at: Date, page: PageRequest<ConnectionPlace>): Promise<Page<Connection, ConnectionPlace>>;
  /** One of them; `null` when the person has no live grant for the client, and no consent is remembered. */
  find(userId: string, clientId: string, at: Date): Promise<Connection | null>;
  /** A client's live grants, newest first. */
  grantsOf(clientId: string, at: Date, page: PageRequest): Promise<Page<Grant>>;
  /** Counts them, up to `most` grants. */
  reach(clientId: string, at: Date, most: number): Promise<Reach>;
}
