import type { SigningKey } from '../../domain/keys/signing-key.js';
import { usualAlgorithm } from '../../domain/resources/resource-server.js';
import type { KeyRing } from './key-ring.js';

/** Seconds that even a hasty rotation waits, so that every instance publishes the key before any signs with it. */
const leastLead = 10;

/** Makes the next key of every algorithm in use. `now`: it signs in ten seconds, instead of when every verifier is sure to have it. Answers all keys. */
export class RotateKeys {
  constructor(private readonly ring: KeyRing) {}

  async execute({ now }: { readonly now: boolean }): Promise<readonly SigningKey[]> {
    this.ring.forget();
    const known = await this.ring.published();
    const algorithms = new Set(known.map((key) => key.algorithm));
    for (const algorithm of algorithms.size > 0 ? algorithms : [usualAlgorithm]) {
      const { publicationLead } = this.ring.settings;
      await this.ring.succeed(algorithm, now ? Math.min(leastLead, publicationLead) : publicationLead, known);
    }
    return this.ring.published();
  }
}
