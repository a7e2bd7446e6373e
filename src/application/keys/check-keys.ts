import { openPrivateKey, type SigningKey, stateOf } from '../../domain/keys/signing-key.js';
import type { SecretKeys } from '../../domain/secret-key.js';
import type { Clock } from '../ports/clock.js';
import type { SigningKeyRepository } from '../ports/signing-key-repository.js';

export interface CheckedKeys {
  readonly ids: readonly string[];
  /** How many of them sign, or will: the others only verify, for which nothing has to be opened. */
  readonly signing: number;
  /** How many of those that sign no secret key opens. */
  readonly unreadable: number;
  /** How many of those that sign are opened by another secret key only. */
  readonly byAnother: number;
}

/** Which signing keys the store has, and what opens them. Makes none. */
export class CheckKeys {
  constructor(
    private readonly repository: SigningKeyRepository,
    private readonly secretKeys: SecretKeys,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<CheckedKeys> {
    const keys = await this.repository.all();
    const now = this.clock.now();
    const signing = keys.filter((key) => stateOf(key, keys, now) !== 'retired');
    const closed = signing.filter((key) => !opens([this.secretKeys[0]], key));
    const unreadable = closed.filter((key) => !opens(this.secretKeys, key)).length;
    return { ids: keys.map(({ id }) => id), signing: signing.length, unreadable, byAnother: closed.length - unreadable };
  }
}

function opens(secretKeys: SecretKeys, key: SigningKey): boolean {
  try {
    openPrivateKey(secretKeys, key);
    return true;
  } catch {
    return false;
  }
}
