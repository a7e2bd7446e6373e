import type { SigningKeyRepository } from '../ports/signing-key-repository.js';
import type { KeyRing } from './key-ring.js';
import { KeysUnreadable } from './keys-unreadable.js';

/** Which signing keys the store has, and how many of them SECRET_KEY does not open. Makes none. */
export class CheckKeys {
  constructor(
    private readonly repository: SigningKeyRepository,
    private readonly ring: KeyRing,
  ) {}

  async execute(): Promise<{ readonly ids: readonly string[]; readonly unreadable: number }> {
    const keys = await this.repository.all();
    return { ids: keys.map(({ id }) => id), unreadable: keys.filter((key) => !this.opens(key)).length };
  }

  private opens(key: Parameters<KeyRing['open']>[0]): boolean {
    try {
      this.ring.open(key);
      return true;
    } catch (error) {
      if (error instanceof KeysUnreadable) return false;
      throw error;
    }
  }
}
