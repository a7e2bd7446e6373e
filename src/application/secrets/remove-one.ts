import { NotFound } from '../../domain/errors.js';
import type { Secret } from '../../domain/secret.js';

/** Removes one of the secrets by `remove`, which answers whether it was there, and answers what was removed. Throws `NotFound`. */
export async function removeOne<Own extends Secret>(secrets: readonly Own[], secretId: string, remove: () => Promise<boolean>): Promise<Own> {
  const secret = secrets.find(({ id }) => id === secretId);
  if (secret === undefined || !(await remove())) throw new NotFound('secret');
  return secret;
}
