import { z } from 'zod';

/** On what terms the people of an issuer are let in, as configuration says it. */
export const admission = {
  /** Whether somebody who was never here gets an account. */
  sign_up: z.boolean('must be true or false').default(true),
  /** The only domains of e-mail addresses; none: any. */
  email_domains: z
    .array(
      z
        .string()
        .regex(/^[^\s@]+\.[^\s@]+$/, 'is no domain')
        .transform((domain) => domain.toLowerCase()),
      'must be a list of domains',
    )
    .default([]),
  /** The issuer verifies every address, though it does not say so. */
  trust_email: z.boolean('must be true or false').default(false),
};
