import type { NotAdmitted } from '../../../../application/identities/admit-identity.js';
import type { Message } from '../message-page.js';
import { notAdmittedWords } from '../not-admitted-words.js';

/** What became of a sign-in, or of a link to a provider. */
export const signInMessages = {
  providerCancelled: (provider: string, retryHref: string): Message => ({
    tone: 'info',
    title: 'You are not signed in',
    text: (
      <>
        You turned back at <bdi>{provider}</bdi>, or it did not let you through. Nothing was shared.
      </>
    ),
    actions: [{ href: retryHref, text: 'Back to signing in' }],
  }),

  /** `others`: there are other ways to sign in. */
  providerUnreachable: (provider: string, retryHref: string, others: boolean): Message => ({
    tone: 'warning',
    title: 'Signing in is not possible there just now',
    text: (
      <>
        <bdi>{provider}</bdi> does not answer. That is outside this server; please try again in a moment{others && ', or sign in another way'}.
      </>
    ),
    actions: [{ href: retryHref, text: 'Back to signing in' }],
  }),

  providerRefused: (provider: string, retryHref: string): Message => ({
    tone: 'problem',
    title: 'Signing in did not work',
    text: (
      <>
        What came back from <bdi>{provider}</bdi> does not prove who you are, so you are not signed in. Nothing was shared.
      </>
    ),
    next: 'Please try again. If this page comes back, tell the people who run this server.',
    actions: [{ href: retryHref, text: 'Back to signing in' }],
  }),

  /** Somebody came back from a provider who was not sent there from this browser, or came back before. */
  upstreamUnexpected: (): Message => ({
    tone: 'info',
    title: 'This sign-in is over',
    text: 'It took too long, was used already, or was begun in another browser. To keep you safe it works only once, and only where it was begun.',
    actions: [{ href: '/sign-in', text: 'Sign in' }],
  }),

  /** What the team's own page handed over is not, or no longer, good. */
  sessionTokenRefused: (retryHref: string): Message => ({
    tone: 'info',
    title: 'You are not signed in here yet',
    text: 'The page you come from handed over something that is not, or no longer, good for signing in. Nothing was shared.',
    next: 'Please go back and try again. If this page comes back, tell the people who run the site you come from.',
    actions: [{ href: retryHref, text: 'Sign in here' }],
  }),

  /** `linkable`: the way can be linked to an account that is there. */
  notAdmitted: (reason: NotAdmitted, provider: string, retryHref: string, linkable = false): Message => ({
    tone: 'warning',
    title: 'You cannot sign in this way',
    text: notAdmittedWords[reason],
    ...(reason === 'email_in_use' &&
      linkable && {
        next: (
          <>
            To sign in with <bdi>{provider}</bdi> from then on, link it on your account page, under “Ways to sign in”.
          </>
        ),
      }),
    actions: [
      { href: retryHref, text: 'Back to signing in' },
      ...(reason === 'email_in_use' && linkable ? [{ href: '/sign-in?next=%2Faccount', text: 'Sign in and link it' }] : []),
    ],
    details: [{ term: 'Signed in with', value: provider }],
  }),

  identityOfAnother: (provider: string): Message => ({
    tone: 'warning',
    title: 'That leads to another account',
    text: (
      <>
        Whom you are at <bdi>{provider}</bdi> leads to another account here, and goes on doing so. Nothing was changed.
      </>
    ),
    next: 'If that account is yours too, sign in to it and unlink it there first.',
    actions: [{ href: '/account', text: 'Back to your account' }],
  }),

  notLinked: (provider: string): Message => ({
    tone: 'info',
    title: 'Nothing was linked',
    text: (
      <>
        <bdi>{provider}</bdi> does not answer, you turned back there, or what came back does not prove who you are. Your account is as it was.
      </>
    ),
    actions: [{ href: '/account', text: 'Back to your account' }],
  }),

  lastWay: (): Message => ({
    tone: 'warning',
    title: 'That is your only way to sign in',
    text: 'Without it you could not come back. Nothing was changed.',
    next: 'Link another one first, then take this one away.',
    actions: [{ href: '/account', text: 'Back to your account' }],
  }),

  tooManyAttempts: (retryHref: string, minutes: number): Message => ({
    tone: 'warning',
    title: 'Too many attempts',
    text: `To protect you, signing in is paused for ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`,
    actions: [{ href: retryHref, text: 'Try again' }],
  }),
};
