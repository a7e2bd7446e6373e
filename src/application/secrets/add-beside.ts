import { InvalidInput, NotFound, type Problem } from '../../domain/errors.js';
import type { Secret } from '../../domain/secret.js';
import { secretProblems, tooManySecrets } from '../../domain/secret-rules.js';
import type { Actor } from '../clients/actor.js';
import type { Minted, SecretDetails } from './mint-secret.js';

export interface ChosenSecret {
  readonly actor: Actor;
  /** What it is for, so that it can be told from the others; left out, it is numbered. */
  readonly label?: string | undefined;
  /** Left out or `null`: it lives until it is removed. */
  readonly expiresAt?: Date | null | undefined;
}

/** Whoever has the secrets. */
export interface SecretHolder<Own extends Secret> {
  /** What it is, should it be gone by then. */
  readonly what: string;
  readonly secrets: readonly Own[];
  /** What is wrong with giving it a secret at all. */
  readonly problems?: readonly Problem[];
  readonly mint: (details: SecretDetails) => Minted<Own>;
  readonly store: (secret: Own) => Promise<'added' | 'full' | 'unknown'>;
}

/** Adds a secret beside the others, which go on working. Throws `InvalidInput` with every problem at its field, and `NotFound`. */
export async function addBeside<Own extends Secret>(
  { what, secrets, problems = [], mint, store }: SecretHolder<Own>,
  { actor, label: typed, expiresAt = null }: ChosenSecret,
  now: Date,
): Promise<Minted<Own>> {
  const label = typed?.trim() ?? `secret ${secrets.length + 1}`;
  const found = [...problems, ...secretProblems({ label, expiresAt }, secrets.length, now)];
  if (found.length > 0) throw new InvalidInput(found);

  const minted = mint({ actor, label, expiresAt });
  switch (await store(minted.secret)) {
    case 'added':
      return minted;
    case 'full':
      throw new InvalidInput([tooManySecrets]);
    case 'unknown':
      throw new NotFound(what);
  }
}
