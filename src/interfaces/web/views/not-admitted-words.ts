import type { NotAdmitted } from '../../../application/identities/admit-identity.js';

/** Why somebody who proved who they are is not let in, and what to do about it. */
export const notAdmittedWords: Readonly<Record<NotAdmitted, string>> = {
  disabled: 'Your account here is disabled. Please ask the people who run this server.',
  sign_up_closed: 'You have no account here yet, and signing in this way does not make one. Please ask the people who run this server.',
  email_unverified: 'An account here needs an e-mail address that is confirmed as yours, and yours is not. Please confirm it there, then try again.',
  email_in_use: 'There is an account with your e-mail address already. Please sign in the way you did before.',
  email_domain: 'Only people with an e-mail address of certain organisations can sign in this way, and yours is of another.',
};
