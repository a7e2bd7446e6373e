import { type Identity, isIdentityKey } from '../../domain/people/identity.js';
import { normaliseEmail, type User } from '../../domain/people/user.js';
import { uuid7 } from '../../domain/tokens/uuid7.js';
import type { Clock } from '../ports/clock.js';
import type { IdentityRepository } from '../ports/identity-repository.js';
import type { UserRepository } from '../ports/user-repository.js';

/** On what terms the people of an issuer are let in. */
export interface AdmissionTerms {
  /** Whether somebody who was never here gets an account. */
  readonly signUp: boolean;
  /** The only domains, in lower case, in which people must have a verified e-mail address; none named: all, or no address at all. */
  readonly emailDomains: readonly string[];
  /**
   * Whoever comes with this verified address, as `normaliseEmail` writes it, becomes an administrator while there is none; `null`: nobody does. The issuer is
   * trusted with the whole server by it.
   */
  readonly firstAdministrator: string | null;
}

/** Why somebody whose identity is certain is not let in. They may be told: it is about nobody but themselves. */
export type NotAdmitted =
  | 'disabled'
  /** New people do not get an account this way. */
  | 'sign_up_closed'
  /** An account needs an address, and the issuer does not say that this one is the person's own. */
  | 'email_unverified'
  /** Another account has the address. It is never handed over on the word of an issuer. */
  | 'email_in_use'
  | 'email_domain';

export type Admission =
  /** `changes`: what they became by it. */
  | { readonly outcome: 'admitted'; readonly user: User; readonly changes?: readonly ('new account' | 'first administrator')[] }
  | { readonly outcome: 'not_admitted'; readonly reason: NotAdmitted };

/**
 * Which user is this? Found by issuer and subject, never by an e-mail address: whoever controls an issuer, or an address that somebody once had,
 * must not come by an account that is there already. Somebody who was never here gets an account where the terms allow it.
 */
export class AdmitIdentity {
  constructor(
    private readonly identities: IdentityRepository,
    private readonly users: UserRepository,
    private readonly clock: Clock,
  ) {}

  async execute(identity: Identity, terms: AdmissionTerms): Promise<Admission> {
    const admission = await this.admit(identity, terms);
    if (admission.outcome === 'not_admitted' || admission.user.admin || terms.firstAdministrator === null) return admission;
    // By what the issuer says of them now: what is kept here of an address may be long past.
    const email = identity.emailVerified ? normaliseEmail(identity.email ?? '') : null;
    if (email !== terms.firstAdministrator) return admission;
    const { user } = admission;
    return (await this.users.promote(user.id, 'first')) === 'promoted'
      ? { outcome: 'admitted', user: { ...user, admin: true }, changes: [...(admission.changes ?? []), 'first administrator'] }
      : admission;
  }

  private async admit(identity: Identity, { signUp, emailDomains }: AdmissionTerms): Promise<Admission> {
    if (!isIdentityKey(identity)) throw new Error(`an identity of ${identity.issuer.slice(0, 100)} cannot be told from others`);
    const email = identity.emailVerified ? normaliseEmail(identity.email ?? '') : null;
    if (emailDomains.length > 0 && !emailDomains.includes(email?.split('@').at(-1) ?? '')) return notAdmitted('email_domain');

    const known = await this.identities.findUser(identity.issuer, identity.subject);
    if (known) return admitted(known);
    if (!signUp) return notAdmitted('sign_up_closed');
    if (email === null) return notAdmitted('email_unverified');

    const now = this.clock.now();
    const user: User = { id: uuid7(now), email, username: nameOf(identity, email), passwordHash: null, admin: false, createdAt: now, disabledAt: null };
    const { issuer, subject } = identity;
    const result = await this.identities.addWithUser({ issuer, subject, email, userId: user.id, linkedAt: now }, user);
    if (result.outcome === 'email_taken') return notAdmitted('email_in_use');
    return result.outcome === 'known' ? admitted(result.user) : { outcome: 'admitted', user, changes: ['new account'] };
  }
}

function admitted(user: User): Admission {
  return user.disabledAt ? notAdmitted('disabled') : { outcome: 'admitted', user };
}

function notAdmitted(reason: NotAdmitted): Admission {
  return { outcome: 'not_admitted', reason };
}

const longestUsername = 100;

/** What the issuer calls them, as far as it can be kept. */
function nameOf({ username }: Identity, email: string): string {
  const kept = [...(username ?? '').replaceAll(/\p{Cc}+/gu, ' ').trim()].slice(0, longestUsername).join('').trim();
  return kept === '' ? (email.split('@', 1)[0] as string) : kept;
}
