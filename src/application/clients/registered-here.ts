import type { Client } from '../../domain/clients/client.js';
import { introductionInWords, introductionOf } from '../../domain/clients/introduction.js';
import { IntroducesItself } from '../../domain/errors.js';

/** What is not done here to a client that introduces itself, and why. */
const because = {
  edited: 'its settings are what it says of itself',
  deleted: 'it would be back with the next person who allows it; disable it instead',
  connected: 'it connects by itself, and there is nothing to paste',
};

/** Throws `IntroducesItself` for a client that does: it cannot be edited, deleted, or connected by hand. */
export function mustBeRegisteredHere({ id }: Client, toBe: keyof typeof because): void {
  const introduction = introductionOf(id);
  if (introduction !== null) throw new IntroducesItself(id, `this app ${introductionInWords(introduction)}: ${because[toBe]}`);
}
