import type { PasswordHasher } from '../../src/application/ports/password-hasher.js';

/** Instant, reversible, and keeps count: for tests that are not about hashing, or about how often it is done. */
export class CountingHasher implements PasswordHasher {
  /** The stored hash of every verification, in order; `null` where there was no account. */
  readonly verified: (string | null)[] = [];

  async hash(password: string): Promise<string> {
    return `hashed:${password}`;
  }

  async verify(hash: string | null, password: string): Promise<boolean> {
    this.verified.push(hash);
    return hash === `hashed:${password}`;
  }
}
