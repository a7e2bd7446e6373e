/**
 * What changes behind an instance's back, because another instance or another tool changed it:
 * - `clients`: a client or its secrets, though not that a secret was used. The key is the client's id.
 * - `resource_servers`: a resource server, its scopes or its secrets, though not that a secret was used. The key is its id.
 * - `revocations`: something was appended to the log of revocations, which is to be read. The key is empty.
 * An empty key of the first two means that it may be any; then everything that is kept is read again, so where a store knows the id it says so.
 */
export type NoticeKind = 'clients' | 'resource_servers' | 'revocations';

/** Told of changes of one kind. None of the three may throw, and none is waited for. */
export interface NoticeListener {
  /** Something was changed, and whoever reads it from now on sees the change. An instance is told of its own changes too; of none twice. */
  changed(key: string): void;
  /** Told too when nothing is heard from the beginning. From now on changes may go unheard: what is cached may be as old as it was kept, and nothing new should be kept for long. */
  lost(cause: unknown): void;
  /** Changes are heard from now on; some before may not have been, so whatever was kept or is being read at this moment is stale. */
  resumed(): void;
}

/**
 * Notices between instances that share a store. They arrive within milliseconds of the commit, or not at all and `lost` is told (within seconds, where a
 * line dies without a word). One who keeps what it reads must not keep what it began to read before a notice, or a change between the two is never seen.
 */
export interface ChangeNotices {
  /**
   * Until `resumed` is told for the first time nothing is heard; that may be before this returns. The function that comes back ends it. Listening
   * begins with the first subscriber, and goes on until the store is closed.
   */
  subscribe(kind: NoticeKind, listener: NoticeListener): () => void;
}
