import type { OwnUser, OwnUsersAuthenticator } from '../../application/ports/authenticator-module.js';
import type { Credentials, UserAuthenticator } from '../../application/ports/user-authenticator.js';
import { TemporarilyUnavailable } from '../../domain/errors.js';
import { type Identity, isIdentityKey } from '../../domain/people/identity.js';
import { firstLine } from '../load-module.js';

/** Milliseconds in which the team's own users must answer. */
const patience = 3000;

/** The team's own users as a way to sign in. It believes nothing of what the module answers but what it checked: a mistake there must sign nobody in. */
export class OwnUsers implements UserAuthenticator {
  readonly name: string;
  /** Stands for these users among the issuers of identities. */
  readonly issuer: string;

  constructor(private readonly authenticator: OwnUsersAuthenticator) {
    this.name = authenticator.name;
    this.issuer = `own-users:${this.name}`;
  }

  async authenticate({ email, password }: Credentials): Promise<Identity | null> {
    const answer = await this.inTime(() => this.authenticator.authenticate({ email, password }));
    return answer === null ? null : this.identityOf(answer);
  }

  async close(): Promise<void> {
    await this.authenticator.close?.();
  }

  private async inTime(ask: () => Promise<OwnUser | null>): Promise<OwnUser | null> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${patience} ms`)), patience);
    });
    try {
      return await Promise.race([ask(), tooLate]);
    } catch (error) {
      throw this.failure(firstLine(error));
    } finally {
      clearTimeout(timer);
    }
  }

  private identityOf(answer: OwnUser): Identity {
    const { subject, email, emailVerified, username } = Object(answer) as Partial<Record<keyof OwnUser, unknown>>;
    if (typeof subject !== 'string' || !isIdentityKey({ issuer: this.issuer, subject })) throw this.failure('answered somebody without a usable subject');
    const text = (value: unknown) => (typeof value === 'string' ? value : null);
    return { issuer: this.issuer, subject, email: text(email), emailVerified: emailVerified === true, username: text(username) };
  }

  private failure(detail: string): TemporarilyUnavailable {
    return new TemporarilyUnavailable('signing in is not possible at the moment', `${this.name}: ${detail}`);
  }
}
