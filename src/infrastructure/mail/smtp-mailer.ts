import { createTransport, type Transporter } from 'nodemailer';
import type { Mail, Mailer } from '../../application/ports/mailer.js';

/** Milliseconds: a mail server that does not answer must not hold up the rest for minutes. */
const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };

/** Mail over SMTP. `url`: `smtp://user:password@host:587` (STARTTLS when offered) or `smtps://…`. */
export class SmtpMailer implements Mailer {
  private readonly transport: Transporter;

  constructor(
    url: string,
    private readonly from: string,
  ) {
    this.transport = createTransport({ url, ...patience, disableFileAccess: true, disableUrlAccess: true });
  }

  async send({ to, subject, text }: Mail): Promise<void> {
    try {
      // An object, because a text would be parsed, and what looks like a list taken for several people.
      await this.transport.sendMail({ from: this.from, to: { name: '', address: to }, subject, text });
    } catch (error) {
      // What the library throws can quote the message.
      const { code, responseCode } = error as { code?: string; responseCode?: number };
      throw new Error(`the mail server did not take a mail (${[code, responseCode].filter(Boolean).join(' ') || 'no reason given'})`);
    }
  }
}
