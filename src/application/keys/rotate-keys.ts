import type { SigningKey } from '../../domain/keys/signing-key.js';
import type { KeyRing } from './key-ring.js';

/** Seconds that even a hasty rotation waits, so that every instance publishes the key before any signs with it. */
const leastLead = 10;

/** Makes the next key of every algorithm in use. `now`: it signs in ten seconds, instead of when every verifier is sure to have it. Answers all keys. */
export class RotateKeys {
  constructor(private readonly ring: KeyRing) {}

  async execute({ now }: { readonly now: boolean }): Promise<readonly SigningKey[]> {
    const algorithms = new Set((await this.ring.published()).map((key) => key.algorithm));
    for (const algorithm of algorithms.size > 0 ? algorithms : (['ES256'] as const)) {
      await this.ring.succeed(algorithm, now ? Math.min(leastLead, this.ring.settings.publicationLead) : this.ring.settings.publicationLead);
    }
    return this.ring.published();
  }
}
