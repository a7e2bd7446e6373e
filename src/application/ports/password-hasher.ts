/** Whose work it is, when more waits than can be done at once. Those who share an `of` wait behind one another; those who are known go before strangers. */
export interface Turn {
  readonly of: string;
  readonly known: boolean;
}

/** Slow, salted hashes of passwords, computed off the event loop. Both verbs throw `TemporarilyUnavailable` when too many wait already. */
export interface PasswordHasher {
  hash(password: string, turn?: Turn): Promise<string>;
  /** With `null` (no such account, or one without a password) the answer is `false` after the same amount of work. */
  verify(hash: string | null, password: string, turn?: Turn): Promise<boolean>;
}
