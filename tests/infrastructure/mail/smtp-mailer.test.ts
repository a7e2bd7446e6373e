import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SmtpMailer } from '../../../src/infrastructure/mail/smtp-mailer.js';

interface Taken {
  readonly from: string;
  readonly to: readonly string[];
  readonly message: string;
}

let listener: SMTPServer;
let taken: Taken[];
let port: number;

beforeEach(async () => {
  taken = [];
  listener = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _session, done) => done(address.startsWith('refused') ? new Error('no such mailbox, said a secret text') : null),
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        taken.push({ from, to: envelope.rcptTo.map(({ address }) => address), message: Buffer.concat(chunks).toString('utf8') });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  port = (listener.server.address() as AddressInfo).port;
});
afterEach(() => new Promise<void>((resolve) => listener.close(resolve)));

const mailer = () => new SmtpMailer(`smtp://127.0.0.1:${port}`, 'Keywright <auth@example.com>');
const mail = { to: 'ada@example.com', subject: 'Choose a new password', text: 'Open this link:\n\nhttps://auth.example.com/account-link?token=kw_al_x\n' };

it('hands a mail to the mail server, for one person, with its link in one piece', async () => {
  await mailer().send(mail);
  expect(taken).toMatchObject([{ from: 'auth@example.com', to: ['ada@example.com'] }]);
  expect(taken[0]?.message).toContain('Subject: Choose a new password');
  expect(taken[0]?.message).toContain('https://auth.example.com/account-link?token=kw_al_x');
  expect(taken[0]?.message).toMatch(/^Content-Type: text\/plain/m);
});

it.each(['ada@example.com,eve@example.com', 'ada@example.com\r\nBcc: eve@example.com', '"a, eve@example.com, b"@example.com'])(
  'never mails anybody else, whatever the address looks like: %j',
  async (to) => {
    await mailer()
      .send({ ...mail, to })
      .catch(() => null);
    for (const { to: recipients, message } of taken) {
      expect(recipients).not.toContain('eve@example.com');
      expect(message).not.toMatch(/^Bcc:/m);
    }
  },
);

it.each([
  ['refuses the mailbox', () => mailer().send({ ...mail, to: 'refused@example.com' })],
  ['is not there', () => new SmtpMailer('smtp://127.0.0.1:1', 'auth@example.com').send(mail)],
])('says when the mail server %s, without a word of the mail', async (_, send) => {
  const error = await send().catch((reason: Error) => reason);
  expect(error).toBeInstanceOf(Error);
  expect((error as Error).message).toMatch(/^the mail server did not take a mail \(E\w+/);
  expect((error as Error).message).not.toMatch(/kw_al|secret text|ada/);
});
