import { currentOf } from '../../domain/keys/signing-key.js';
import { later } from '../../domain/moments.js';
import { usualAlgorithm } from '../../domain/resources/resource-server.js';
import type { Clock } from '../ports/clock.js';
import type { SigningKeyRepository } from '../ports/signing-key-repository.js';
import type { KeyRing } from './key-ring.js';

/** Seconds for which a key is kept past its end, for verifiers whose clocks go wrong. */
const grace = 300;

/**
 * Makes the first key, the next one in time, and removes those that nothing needs. Done every few seconds by every instance; one of them wins. Throws
 * `KeysUnreadable` when the keys that sign were made under another SECRET_KEY.
 */
export class TendKeys {
  constructor(
    private readonly repository: SigningKeyRepository,
    private readonly ring: KeyRing,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<void> {
    this.ring.open(await this.ring.current(usualAlgorithm));
    const now = this.clock.now();
    const keys = await this.ring.published();
    for (const algorithm of new Set(keys.map((key) => key.algorithm))) {
      const same = keys.filter((key) => key.algorithm === algorithm);
      const current = currentOf(same, now);
      if (!current || same.some((key) => key.generation > current.generation)) continue;
      this.ring.open(current);
      const { rotationInterval, publicationLead } = this.ring.settings;
      if (later(current.signsFrom, rotationInterval - publicationLead) <= now) await this.ring.succeed(algorithm, publicationLead, keys);
    }
    if ((await this.repository.removeUnneeded(later(now, -grace))) > 0) this.ring.forget();
  }
}
