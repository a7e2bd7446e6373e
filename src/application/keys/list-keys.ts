import { type KeyState, type SigningKey, stateOf } from '../../domain/keys/signing-key.js';
import type { Clock } from '../ports/clock.js';
import type { SigningKeyRepository } from '../ports/signing-key-repository.js';

/** Every signing key and what it is now. */
export class ListKeys {
  constructor(
    private readonly repository: SigningKeyRepository,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<readonly { readonly key: SigningKey; readonly state: KeyState }[]> {
    const keys = await this.repository.all();
    return keys.map((key) => ({ key, state: stateOf(key, keys, this.clock.now()) }));
  }
}
