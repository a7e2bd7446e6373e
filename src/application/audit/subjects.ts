import { type Actor, personOf } from '../clients/actor.js';
import type { UserRef } from '../people/named-user.js';
import type { AuditSubjects } from '../ports/audit-trail.js';

export const operator: AuditSubjects = { actor: 'operator' };

export function by(actor: Actor): AuditSubjects {
  return { actor: personOf(actor) ?? 'operator', ...(actor !== 'operator' && actor.through !== undefined && { through: actor.through }) };
}

/** The person so named, by the id: an e-mail address is not written down. */
export function person(ref: UserRef): AuditSubjects {
  return 'id' in ref ? { userId: ref.id } : {};
}
