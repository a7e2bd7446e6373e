import type { UserRef } from '../../application/people/named-user.js';

/** A person as they are named on the command line: what has an @ is an e-mail address, the rest an id. */
export function userRef(text: string): UserRef {
  return text.includes('@') ? { email: text } : { id: text };
}
