import type { Client } from '../../domain/clients/client.js';
import { describedAt } from '../../domain/clients/metadata-uri.js';
import { DescribesItself } from '../../domain/errors.js';

/** What is not done here to a client that describes itself, and why. */
const because = {
  edited: 'its settings are what it says there',
  deleted: 'it would be back with the next person who allows it; disable it instead',
  connected: 'it connects by itself, and there is nothing to paste',
};

/** Throws `DescribesItself` for a client that does: it cannot be edited, deleted, or connected by hand. */
export function mustBeRegisteredHere({ id }: Client, toBe: keyof typeof because): void {
  const host = describedAt(id);
  if (host !== null) throw new DescribesItself(id, `this app describes itself at ${host}: ${because[toBe]}`);
}
