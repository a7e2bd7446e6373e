import { type Actor, personOf } from '../clients/actor.js';
import type { UserRef } from '../people/named-user.js';
import type { AuditSubjects } from '../ports/audit-trail.js';

export const operator: AuditSubjects = { actor: 'operator' };

export function by(actor: Actor): AuditSubjects {
  return { actor: personOf(actor) ?? 'operator' };
}

/** The person so named, by the id: an e-mail address is not written down, neither one that is known nor what was typed in its place. */
export function named(ref: UserRef): AuditSubjects {
  return 'id' in ref ? { userId: ref.id } : {};
}
