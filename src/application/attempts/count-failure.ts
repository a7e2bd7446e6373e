import { addressBlock } from '../../domain/address-block.js';
import { InvalidClient } from '../../domain/errors.js';
import type { Attempts } from './attempts.js';
import { budgets } from './budgets.js';

/**
 * What comes of it when somebody fails to authenticate as `caller` from this address. Throws `error`, or `TooManyAttempts` once that failed too often.
 *
 * Only failures are counted, for the caller at this address: products that call for many people share their addresses, and what is right costs nothing and is
 * never refused, whatever others send in its name. A secret of 256 bits need not fear being guessed; the server, being kept busy. Whoever makes up one caller
 * after another (`null`: there is none of that id) is counted as one.
 */
export async function countFailure(attempts: Attempts, caller: { readonly id: string } | null, from: string | null, error: unknown): Promise<never> {
  const subject = `${caller?.id ?? ''} ${from === null ? '' : addressBlock(from)}`;
  if (error instanceof InvalidClient) await attempts.count([{ budget: budgets.client, subject }]);
  throw error;
}
