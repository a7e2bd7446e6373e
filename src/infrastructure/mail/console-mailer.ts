import type { Mail, Mailer } from '../../application/ports/mailer.js';

/** For development: shows each mail, link and all, to whoever started the server. */
export class ConsoleMailer implements Mailer {
  constructor(private readonly out: NodeJS.WritableStream) {}

  async send({ to, subject, text }: Mail): Promise<void> {
    this.out.write(`\n--- mail to ${to}: ${subject}\n${text}---\n`);
  }
}
