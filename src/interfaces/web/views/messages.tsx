import type { NotAdmitted } from '../../../application/identities/admit-identity.js';
import type { Message } from './message-page.js';
import { notAdmittedWords } from './not-admitted-words.js';
import { ClientName } from './parts/client-name.js';
import { webAddress } from './web-address.js';

/** The client a message is about, as it described itself. */
export interface NamedClient {
  readonly name: string;
  readonly homepageUri?: string | null | undefined;
}

const home = { href: '/', text: 'Go to the start page' };

/** Every message that this server shows to people, so that the same event always reads the same. */
export const messages = {
  /** Shown instead of a redirect, because nothing proves yet that the redirect URI is the client's (RFC 6749 §4.1.2.1). */
  untrustedRequest: (error: { readonly code: string; readonly description: string }): Message => ({
    tone: 'problem',
    title: 'This app’s request cannot be used',
    text: 'The app sent you here with a request that is not right, so you were not sent back to it. Nothing was shared.',
    next: 'Go back to the app and try again. If this page comes back, show it to the people who make the app.',
    details: [
      { term: 'Error', value: error.code },
      { term: 'Reason', value: error.description },
    ],
  }),

  alreadyAnswered: (client: NamedClient): Message => ({
    tone: 'success',
    title: 'You have already answered',
    text: (
      <>
        Your answer to <ClientName name={client.name} /> was kept the first time. You can close this tab or go back to the app.
      </>
    ),
    actions: backTo(client),
  }),

  requestExpired: (client?: NamedClient): Message => ({
    tone: 'info',
    title: 'This page is too old',
    text: 'The request behind it has expired, or was never made. Nothing was shared.',
    next: 'Go back to the app and start again from there.',
    actions: backTo(client),
  }),

  formTooOld: (retryHref: string): Message => ({
    tone: 'info',
    title: 'This form was open too long',
    text: 'To keep you safe, forms work only for a while and only in the browser that opened them. Nothing was changed.',
    next: 'Please open it again and send it once more.',
    actions: [{ href: retryHref, text: 'Try again' }],
  }),

  signedOut: (signInHref: string): Message => ({
    tone: 'success',
    title: 'You are signed out',
    text: 'Apps that you allowed to act for you go on doing so: signing out here does not end that.',
    actions: [{ href: signInHref, text: 'Sign in again' }],
  }),

  accountDeleted: (): Message => ({
    tone: 'success',
    title: 'Your account is deleted',
    text: 'You are signed out everywhere, and nothing acts for you any more.',
    actions: [home],
  }),

  badRequest: (reason: string): Message => ({
    tone: 'problem',
    title: 'That could not be understood',
    text: 'What your browser sent is incomplete or broken. Nothing was changed.',
    actions: [home],
    details: [{ term: 'Reason', value: reason }],
  }),

  notFound: (): Message => ({
    tone: 'info',
    title: 'There is no such page',
    text: 'The address may be mistyped, or what was here is gone.',
    actions: [home],
  }),

  methodNotAllowed: (): Message => ({
    tone: 'info',
    title: 'This address cannot be opened like that',
    text: 'It exists, but it only answers to a form or an app. Nothing was changed.',
    actions: [home],
  }),

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

  /** The same whether the address is known or not. */
  lookIntoYourMail: (email: string): Message => ({
    tone: 'success',
    title: 'Look into your mail',
    text: (
      <>
        We sent a mail to <bdi>{email}</bdi>. It says how to go on, and its link works once, for an hour.
      </>
    ),
    next: 'Nothing there after some minutes? Look into the folder for spam, or check the address and ask again.',
  }),

  passwordChosen: (signInHref: string): Message => ({
    tone: 'success',
    title: 'Your password is set',
    text: 'Sign in with it now. Wherever you were signed in before, you are signed out.',
    actions: [{ href: signInHref, text: 'Sign in' }],
  }),

  linkSpent: (): Message => ({
    tone: 'info',
    title: 'This link does not work any more',
    text: 'It was used before, a newer one took its place, or its time is over. Nothing was changed.',
    next: 'Ask for another one on the page on which you sign in.',
    actions: [{ href: '/sign-in', text: 'Sign in' }],
  }),

  /** `reference` finds the error in the log. */
  somethingBroke: (reference?: string): Message => ({
    tone: 'problem',
    title: 'Something went wrong here',
    text: 'The fault is ours, not yours, and nothing was lost. Please try again in a moment.',
    actions: [home],
    ...(reference !== undefined && { details: [{ term: 'Reference', value: reference }] }),
  }),

  storageAway: (): Message => ({
    tone: 'warning',
    title: 'We will be right back',
    text: 'The server cannot reach its storage at the moment. Nothing was lost, and it comes back by itself.',
    next: 'Please reload this page in a few seconds.',
  }),
};

function backTo(client: NamedClient | undefined): NonNullable<Message['actions']> {
  const homepage = webAddress(client?.homepageUri);
  return homepage ? [{ href: homepage.href, text: `Go to ${homepage.host}` }] : [];
}
