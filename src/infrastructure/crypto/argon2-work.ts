import { hashSync, type Options, verifySync } from '@node-rs/argon2';

/** What a thread of its own does for `Argon2PasswordHasher`: the slow part, at full length on the processor. `stored` is there for the verb that compares. */
export interface Argon2Work {
  readonly password: string;
  readonly stored?: string;
}

/** argon2id with 19 MiB, 2 passes, 1 lane: OWASP Password Storage Cheat Sheet. The algorithm is the library's default. */
export const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } satisfies Options;

/** The hash of the password; or, with `stored`, whether it is that of the password, which is `false` for text that is no hash. */
export default function argon2Work({ password, stored }: Argon2Work): string | boolean {
  if (stored === undefined) return hashSync(password, cost);
  try {
    return verifySync(stored, password);
  } catch (error) {
    // The library's word for a stored hash that it cannot read.
    if (error instanceof Error && 'code' in error && error.code === 'InvalidArg') return false;
    throw error;
  }
}
