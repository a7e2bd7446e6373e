import type { Message } from '../message-page.js';
import { Address } from '../parts/address.js';
import { home } from './plain-messages.js';

/** What was done to somebody’s own account and password. */
export const accountMessages = {
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

  /** The same whether the address is known or not. */
  lookIntoYourMail: (email: string): Message => ({
    tone: 'success',
    title: 'Look into your mail',
    text: (
      <>
        We sent a mail to <Address of={email}>.</Address> It says how to go on, and its link works once, for an hour.
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
};
