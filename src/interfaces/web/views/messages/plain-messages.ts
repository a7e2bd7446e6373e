import type { Message } from '../message-page.js';
import { asSentence } from '../parts/error-summary.js';

export const home = { href: '/', text: 'Go to the start page' };

/** What can happen at any address. */
export const plainMessages = {
  formTooOld: (retryHref: string): Message => ({
    tone: 'info',
    title: 'This form was open too long',
    text: 'To keep you safe, forms work only for a while and only in the browser that opened them. Nothing was changed.',
    next: 'Please open it again and send it once more.',
    actions: [{ href: retryHref, text: 'Try again' }],
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

  introducesItself: (reason: string, appHref: string): Message => ({
    tone: 'info',
    title: 'That cannot be done here',
    text: `${asSentence(reason)} Nothing was changed.`,
    actions: [{ href: appHref, text: 'Go to the app' }],
  }),

  methodNotAllowed: (): Message => ({
    tone: 'info',
    title: 'This address cannot be opened like that',
    text: 'It exists, but it only answers to a form or an app. Nothing was changed.',
    actions: [home],
  }),

  /** `reference` finds the error in the log. */
  somethingBroke: (reference?: string): Message => ({
    tone: 'problem',
    title: 'Something went wrong here',
    text: 'The fault is ours, not yours, and nothing was lost. Please try again in a moment.',
    actions: [home],
    ...(reference !== undefined && { details: [{ term: 'Reference', value: reference }] }),
  }),

  stillBeingMade: (): Message => ({
    tone: 'info',
    title: 'This takes longer than usual',
    text: 'The form was sent twice, and the first time is still being worked on. Nothing is made twice.',
    next: 'Please reload this page in a few seconds.',
  }),

  storageAway: (): Message => ({
    tone: 'warning',
    title: 'We will be right back',
    text: 'The server cannot use its storage at the moment. Nothing was lost, and it comes back by itself.',
    next: 'Please reload this page in a few seconds.',
  }),
};
