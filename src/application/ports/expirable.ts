/** A store whose dead rows can be deleted while it serves. */
export interface Expirable {
  /**
   * Deletes at most `limit` rows that have been of no use since `deadBefore`: expired before it and not needed to tell a replay, a reuse or
   * a revocation from the unknown. Safe on several instances at once. Answers how many were deleted; fewer than `limit` means it is done.
   */
  purge(deadBefore: Date, limit: number): Promise<number>;
}
