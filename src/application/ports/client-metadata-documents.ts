import type { ClientMetadata } from '../../domain/clients/metadata-members.js';

export type ReadMetadata =
  | { readonly outcome: 'read'; readonly metadata: ClientMetadata }
  /**
   * `away`: there was no answer, or none that says what is there; it may be worth while in a moment. `unfit`: there is something else. `why` is for whoever
   * waits, after the name of the host; `detail`, for the log only, may name what a stranger must not learn.
   */
  | { readonly outcome: 'away' | 'unfit'; readonly why: string; readonly detail: string };

/** The documents in which clients describe themselves (Client ID Metadata Document §4), each at the address that is its client's identifier. */
export interface ClientMetadataDocuments {
  /**
   * The document as it is, or was lately, as long as its host lets it be kept. Called with an address that `metadataUriProblem` finds nothing wrong with, for
   * each step of an authorization; never throws. Nothing that is not public is asked, but for this machine where a server is tried out on it; no redirect is
   * followed, and what may come back is bounded.
   */
  read(uri: string): Promise<ReadMetadata>;
}
