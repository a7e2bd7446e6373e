import type { AttemptBudget } from '../ports/attempt-limiter.js';

const minute = 60;
const hour = 60 * minute;

/** How often what strangers can do may be done. What turns out well is given back where it says "failures". */
export const budgets = {
  /** Failures to sign in to one account from browsers that never were signed in to it. */
  account: { name: 'account', attempts: 10, seconds: 15 * minute },
  /** The same over a day: at most so many guesses, however patient ("no more than 100", NIST SP 800-63B §3.2.2). */
  accountInADay: { name: 'account-day', attempts: 100, seconds: 24 * hour },
  /** Failures to sign in from one address block, to any account; an office or a school may sit behind it. */
  address: { name: 'address', attempts: 60, seconds: 15 * minute },
  /** Failures to sign in from one browser that was signed in to the account before. */
  device: { name: 'device', attempts: 10, seconds: 15 * minute },
  /** Failures to name the current password, by somebody who is signed in. */
  currentPassword: { name: 'current-password', attempts: 10, seconds: 15 * minute },
  /** Links that are asked for from one address block. */
  linksFrom: { name: 'links-from', attempts: 20, seconds: hour },
  /** Mails to one address because somebody asked for a link. */
  linksTo: { name: 'links-to', attempts: 5, seconds: hour },
  /** Authorization requests from one address block by people who are not signed in, or pushed by clients without a secret; each is a row. */
  authorizationRequests: { name: 'authorize', attempts: 300, seconds: 10 * minute },
  /** Codes of devices that nobody shows, typed from one address block: of 2^34, one in a thousand million is found so (RFC 8628 §5.1). */
  userCodes: { name: 'user-code', attempts: 30, seconds: 10 * minute },
  /** Sign-ins begun at providers from one address block; each is a row, and the first asks the provider. */
  upstreamSignIns: { name: 'sign-in-with', attempts: 300, seconds: 10 * minute },
  /** Session tokens posted from one address block that prove nothing; each costs a signature. */
  sessionTokens: { name: 'session-token', attempts: 60, seconds: 10 * minute },
  /** Failures of one client to authenticate from one address block. */
  client: { name: 'client', attempts: 30, seconds: 5 * minute },
} as const satisfies Record<string, AttemptBudget>;
