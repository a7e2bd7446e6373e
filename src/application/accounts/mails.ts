import type { Mail } from '../ports/mailer.js';

interface About {
  readonly to: string;
  readonly issuer: string;
}

const nothingToDo = 'If it was not you, there is nothing to do: nothing was changed.';

/** Every mail that this server sends. */
export const mails = {
  link: ({ to, issuer, link, isNew }: About & { readonly link: string; readonly isNew: boolean }): Mail => ({
    to,
    subject: isNew ? `Confirm your address at ${host(issuer)}` : `Choose a new password at ${host(issuer)}`,
    text: lines(
      isNew
        ? `Somebody, we hope you, wants an account with this address at ${host(issuer)}.`
        : `Somebody, we hope you, wants to choose a new password at ${host(issuer)}.`,
      `Open this link to choose ${isNew ? 'your' : 'a new'} password. It works once, and for one hour:`,
      link,
      nothingToDo,
    ),
  }),

  hasAccount: ({ to, issuer }: About): Mail => ({
    to,
    subject: `You have an account at ${host(issuer)} already`,
    text: lines(
      `Somebody, we hope you, wanted a new account with this address at ${host(issuer)}. You have one already.`,
      `Sign in here: ${issuer}/sign-in`,
      `If you forgot the password: ${issuer}/forgot-password`,
      nothingToDo,
    ),
  }),

  hasNoAccount: ({ to, issuer }: About): Mail => ({
    to,
    subject: `There is no account with this address at ${host(issuer)}`,
    text: lines(
      `Somebody, we hope you, wanted to choose a new password at ${host(issuer)}, but there is no account with this address.`,
      'Perhaps you signed up with another one.',
      nothingToDo,
    ),
  }),
};

function host(issuer: string): string {
  return new URL(issuer).host;
}

function lines(...paragraphs: string[]): string {
  return `${paragraphs.join('\n\n')}\n`;
}
