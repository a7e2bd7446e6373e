import type { Mailer } from '../../application/ports/mailer.js';
import { ConsoleMailer } from './console-mailer.js';
import { SmtpMailer } from './smtp-mailer.js';

export interface MailChoice {
  readonly mail: { readonly smtpUrl: string; readonly from: string } | null;
  readonly production: boolean;
}

/** Who delivers mail: the chosen server; in development the console; in production otherwise nobody, because a log must not hold links. */
export function mailerFor({ mail, production }: MailChoice, console: NodeJS.WritableStream): Mailer | null {
  if (mail) return new SmtpMailer(mail.smtpUrl, mail.from);
  return production ? null : new ConsoleMailer(console);
}
