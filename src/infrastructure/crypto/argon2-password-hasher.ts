import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { PasswordHasher, Turn } from '../../application/ports/password-hasher.js';
import { TemporarilyUnavailable } from '../../domain/errors.js';
import argon2Work, { type Argon2Work, cost } from './argon2-work.js';
import { GivingWay } from './giving-way.js';
import { WorkQueue } from './work-queue.js';

const atOnce = Math.max(1, Math.min(2, availableParallelism() - 1));

/** A tenth of the processor's time when others want all of it. Elsewhere than on Linux the number would be the whole process's. */
const niceIncrement = process.platform === 'linux' ? 10 : 0;

/** A well-formed hash at the same cost that no password is known for: what is verified when there is no account. */
const nobodysHash = [
  `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}`,
  Buffer.from('keywright nobody').toString('base64').replaceAll('=', ''),
  Buffer.alloc(32, 'nobody').toString('base64').replaceAll('=', ''),
].join('$');

/**
 * Passwords by argon2id, in threads of their own that step back when somebody else has work (ADR 0030), so that sign-ins never stall the token endpoint. At most
 * two are worked on at once, always one processor is left to answer clients, and while the event loop is busy they come with rests between them, unless many wait. Past 200 waiting, some seconds of work, somebody is refused with
 * `TemporarilyUnavailable`: one of those who share the most.
 */
export class Argon2PasswordHasher implements PasswordHasher {
  private readonly queue = new WorkQueue(atOnce, 200, () => new TemporarilyUnavailable('too many people are signing in at once; try again in a few seconds'));
  private readonly givingWay = new GivingWay();
  private readonly work = backgroundWork();

  hash(password: string, turn?: Turn): Promise<string> {
    return this.inTurn({ password: normalised(password) }, turn) as Promise<string>;
  }

  async verify(stored: string | null, password: string, turn?: Turn): Promise<boolean> {
    const matches = await this.inTurn({ password: normalised(password), stored: stored ?? nobodysHash }, turn);
    return stored !== null && matches === true;
  }

  private inTurn(work: Argon2Work, turn: Turn | undefined): Promise<string | boolean> {
    return this.queue.run(
      () =>
        this.givingWay.run(
          () => this.work(work),
          () => this.queue.waiting,
        ),
      turn,
    );
  }
}

/**
 * `argon2Work` in threads that start with the first password and leave after half a minute without one. Where it was not compiled, under a test runner that
 * reads TypeScript, in this thread.
 */
function backgroundWork(): (work: Argon2Work) => Promise<string | boolean> {
  const filename = fileURLToPath(new URL('./argon2-work.js', import.meta.url));
  if (!existsSync(filename)) return async (work) => argon2Work(work);
  let threads: Piscina<Argon2Work, string | boolean> | undefined;
  return (work) => {
    threads ??= new Piscina({ filename, minThreads: 0, maxThreads: atOnce, idleTimeout: 30_000, niceIncrement });
    return threads.run(work);
  };
}

/** The same password typed on another keyboard may arrive in other code points (NIST SP 800-63B §3.1.1.2). */
function normalised(password: string): string {
  return password.normalize('NFKC');
}
