import { z } from 'zod';
import type { AdmissionTerms } from '../application/identities/admit-identity.js';
import { normaliseEmail } from '../domain/people/user.js';

/** On what terms the people of an issuer are let in, as configuration says it. */
export const admission = {
  /** Whether somebody who was never here gets an account. */
  sign_up: z.boolean('must be true or false').default(true),
  /** The only domains of e-mail addresses; none named: all. */
  email_domains: z
    .array(
      z
        .string()
        .regex(/^[^\s@]+\.[^\s@]+$/, 'is no domain')
        .transform((domain) => domain.toLowerCase()),
      'must be a list of domains',
    )
    .default([]),
  /** Whose verified address makes an administrator while there is none. */
  first_administrator: z.string('must be an e-mail address').transform(addressOf).optional(),
  /** The issuer verifies every address, though it does not say so. */
  trust_email: z.boolean('must be true or false').default(false),
};

/** The same as the use cases have it. */
export function termsOf({ sign_up, email_domains, first_administrator }: z.output<z.ZodObject<typeof admission>>): AdmissionTerms {
  return { signUp: sign_up, emailDomains: email_domains, firstAdministrator: first_administrator ?? null };
}

function addressOf(text: string, context: z.RefinementCtx): string {
  const email = normaliseEmail(text);
  if (email !== null) return email;
  context.addIssue({ code: 'custom', message: 'must be an e-mail address' });
  return z.NEVER;
}
