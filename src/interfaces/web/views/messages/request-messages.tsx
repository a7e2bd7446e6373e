import type { Message } from '../message-page.js';
import { ClientName } from '../parts/client-name.js';
import { asSentence } from '../parts/error-summary.js';
import { webAddress } from '../web-address.js';

/** The client a message is about, as it described itself. */
export interface NamedClient {
  readonly name: string;
  readonly homepageUri?: string | null | undefined;
}

/** What an app’s request came to. */
export const requestMessages = {
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

  clientNotLetIn: (reason: string): Message => ({
    tone: 'info',
    title: 'This app is not let in here',
    text: `${asSentence(reason)} Nothing was shared, and you were not sent back to it.`,
    next: 'That is decided by those who run this server: ask them if you need the app.',
  }),

  clientOutOfReach: (reason: string): Message => ({
    tone: 'warning',
    title: 'This app cannot be checked now',
    text: `${asSentence(reason)} Nothing was shared, and you were not sent back to the app.`,
    next: 'Please reload this page in a moment. If it comes back, tell those who run this server.',
  }),

  deviceAllowed: (): Message => ({
    tone: 'success',
    title: 'Your device is connected',
    text: 'It goes on by itself in a few seconds. You can close this page.',
    actions: [{ href: '/connected-apps', text: 'See what acts for you' }],
  }),

  deviceDenied: (): Message => ({
    tone: 'info',
    title: 'You said no',
    text: 'Your device gets nothing, and says so in a few seconds. Nothing was shared. You can close this page.',
  }),

  deviceTaken: (): Message => ({
    tone: 'warning',
    title: 'Somebody has answered for this device',
    text: 'If that was you, all is well: the device goes on by itself. If it was not, somebody else may have connected it with their account.',
    next: 'In that case do not use it as it is: have it show a new code, and type that.',
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
};

function backTo(client: NamedClient | undefined): NonNullable<Message['actions']> {
  const homepage = webAddress(client?.homepageUri);
  return homepage ? [{ href: homepage.href, text: `Go to ${homepage.host}` }] : [];
}
