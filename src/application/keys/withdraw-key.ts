import { NotFound } from '../../domain/errors.js';
import type { SigningKeyRepository } from '../ports/signing-key-repository.js';
import type { KeyRing } from './key-ring.js';

/**
 * Takes a key down that others may have: it is published no more, and nothing that was signed with it is good any longer, here at once, elsewhere when the
 * keys are read again. Where it was the one that signs, another does from now on. Throws `NotFound`, and `KeysUnreadable` when no other key opens.
 */
export class WithdrawKey {
  constructor(
    private readonly repository: SigningKeyRepository,
    private readonly ring: KeyRing,
  ) {}

  async execute({ id }: { readonly id: string }): Promise<void> {
    const key = (await this.repository.all()).find((one) => one.id === id);
    if (key === undefined || !(await this.repository.withdraw(id))) throw new NotFound('key');
    this.ring.forget();
    this.ring.open(await this.ring.current(key.algorithm));
  }
}
