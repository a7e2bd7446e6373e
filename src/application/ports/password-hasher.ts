/** Slow, salted hashes of passwords, computed off the event loop. */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /** With `null` (no such account, or one without a password) the answer is `false` after the same amount of work. */
  verify(hash: string | null, password: string): Promise<boolean>;
}
