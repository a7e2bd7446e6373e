export interface SecretUse {
  readonly secretId: string;
  readonly at: Date;
  /** The network address of the caller, where it is known. */
  readonly from: string | null;
}

export interface GrantUse {
  readonly grantId: string;
  readonly at: Date;
  /** Those that the resource needed. */
  readonly scopes: readonly string[];
}

/** When secrets (of clients and of resource servers) and grants were last used, in batches: see `UsageJournal`. Any verb may throw `StorageUnavailable`. */
export interface UsageRepository {
  /**
   * Keeps the newest use of each and unites the scopes, whatever order batches come in and however many instances send them at once. In a batch
   * each id is there once. What is not in the store, or no longer, is passed over.
   */
  record(uses: { readonly secrets: readonly SecretUse[]; readonly grants: readonly GrantUse[] }): Promise<void>;
}
