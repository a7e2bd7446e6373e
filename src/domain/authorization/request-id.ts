import { randomUUID } from 'node:crypto';

/** A new name for an authorization request: random, because it stands in the address of the sign-in and consent pages. */
export function newRequestId(): string {
  return randomUUID();
}
