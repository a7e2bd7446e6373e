import { availableParallelism } from 'node:os';
import { hash, type Options, verify } from '@node-rs/argon2';
import type { PasswordHasher, Turn } from '../../application/ports/password-hasher.js';
import { TemporarilyUnavailable } from '../../domain/errors.js';
import { WorkQueue } from './work-queue.js';

/** argon2id with 19 MiB, 2 passes, 1 lane: OWASP Password Storage Cheat Sheet. The algorithm is the library's default. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } satisfies Options;

const atOnce = Math.max(1, Math.min(2, availableParallelism() - 1));

/** A well-formed hash at the same cost that no password is known for: what is verified when there is no account. */
const nobodysHash = [
  `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}`,
  Buffer.from('keywright nobody').toString('base64').replaceAll('=', ''),
  Buffer.alloc(32, 'nobody').toString('base64').replaceAll('=', ''),
].join('$');

/**
 * Passwords by argon2id, off the event loop. At most two are worked on at once, and always one processor is left to answer clients; so libuv's four threads (files, DNS) and the memory are
 * never all taken by sign-ins. Past 200 waiting, a second or more of work, somebody is refused with `TemporarilyUnavailable`: one of those who share the most.
 */
export class Argon2PasswordHasher implements PasswordHasher {
  private readonly queue = new WorkQueue(atOnce, 200, () => new TemporarilyUnavailable('too many people are signing in at once; try again in a few seconds'));

  hash(password: string, turn?: Turn): Promise<string> {
    return this.queue.run(() => hash(normalised(password), cost), turn);
  }

  async verify(stored: string | null, password: string, turn?: Turn): Promise<boolean> {
    const matches = await this.queue.run(() => verify(stored ?? nobodysHash, normalised(password)).catch(falseWhenMalformed), turn);
    return stored !== null && matches;
  }
}

/** The same password typed on another keyboard may arrive in other code points (NIST SP 800-63B §3.1.1.2). */
function normalised(password: string): string {
  return password.normalize('NFKC');
}

/** The library's word for a stored hash that it cannot read. */
function falseWhenMalformed(error: unknown): false {
  if (error instanceof Error && 'code' in error && error.code === 'InvalidArg') return false;
  throw error;
}
