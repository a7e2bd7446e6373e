import { createHash } from 'node:crypto';
import { addressBlock } from '../../domain/address-block.js';
import type { Attempts } from '../attempts/attempts.js';
import { budgets } from '../attempts/budgets.js';
import type { DeviceToken } from '../attempts/known-devices.js';
import type { SignInAttempts } from '../attempts/sign-in-attempts.js';
import type { Clock } from '../ports/clock.js';
import type { IdempotencyRepository } from '../ports/idempotency-repository.js';
import { type SessionTokenIssuer, SessionTokenRefused } from '../ports/session-token-issuer.js';
import type { NewSession, SigningInBrowser, StartSession } from '../sessions/start-session.js';
import type { AdmitIdentity, NotAdmitted } from './admit-identity.js';

export interface PresentedSessionToken {
  readonly token: string;
  /** `form`: handed over once; `cookie`: sent along by the browser for as long as the person is signed in there. */
  readonly by: 'form' | 'cookie';
  /** Those whose tokens may be presented in this way, from where it was. */
  readonly issuers: readonly SessionTokenIssuer[];
  readonly browser: SigningInBrowser;
}

export type SessionTokenResult =
  | { readonly outcome: 'signed_in'; readonly session: NewSession; readonly device: DeviceToken | null }
  | { readonly outcome: 'not_admitted'; readonly reason: NotAdmitted; readonly issuer: SessionTokenIssuer }
  /** It was accepted before: a form that was sent twice, or by somebody who saw it. */
  | { readonly outcome: 'repeated' }
  /** `detail` is for the log. */
  | { readonly outcome: 'refused'; readonly detail: string };

/** Takes a session token of the team's own front end for a sign-in, so that nobody who is signed in there signs in a second time here. */
export class AcceptSessionToken {
  constructor(
    private readonly spent: IdempotencyRepository,
    private readonly admitIdentity: AdmitIdentity,
    private readonly startSession: StartSession,
    private readonly signInAttempts: SignInAttempts,
    private readonly attempts: Attempts,
    private readonly clock: Clock,
  ) {}

  /** Throws `TooManyAttempts` at forms. A stale cookie comes along by itself, and must not keep anybody from the sign-in page. */
  async execute(presented: PresentedSessionToken): Promise<SessionTokenResult> {
    const { by, browser } = presented;
    if (by === 'cookie' || browser.from === null) return this.accept(presented);
    const charges = [{ budget: budgets.sessionTokens, subject: addressBlock(browser.from) }];
    let result: SessionTokenResult = { outcome: 'refused', detail: '' };
    await this.attempts.countFailures(charges, async () => {
      result = await this.accept(presented);
      return result.outcome === 'refused' ? null : result;
    });
    return result;
  }

  private async accept({ token, by, issuers, browser }: PresentedSessionToken): Promise<SessionTokenResult> {
    const claimed = claimedIssuer(token);
    const issuer = issuers.find((one) => one.issuer === claimed);
    if (!issuer) return { outcome: 'refused', detail: 'its issuer is none of those that are trusted here' };
    try {
      const { identity, authenticatedAt, expiresAt } = await issuer.verify(token);
      // A form can be sent by whoever saw the token; a cookie is sent by the browser that has it, as often as it likes.
      if (by === 'form' && !(await this.isFirst(token, expiresAt))) return { outcome: 'repeated' };
      const admission = await this.admitIdentity.execute(identity, issuer.terms);
      if (admission.outcome === 'not_admitted') return { ...admission, issuer };
      const session = await this.startSession.execute({ user: admission.user, method: `token:${issuer.id}`, authenticatedAt, ...browser });
      const device = this.signInAttempts.rememberWithPassword(admission.user);
      return session ? { outcome: 'signed_in', session, device } : { outcome: 'not_admitted', reason: 'disabled', issuer };
    } catch (error) {
      if (!(error instanceof SessionTokenRefused)) throw error;
      return { outcome: 'refused', detail: error.message };
    }
  }

  /**
   * Of any number of times exactly one, until the token is too old anyway. It is known by what its issuer signed, whether or not it carries a `jti`: a
   * signature can be written in more than one way.
   */
  private async isFirst(token: string, expiresAt: Date): Promise<boolean> {
    const id = createHash('sha256')
      .update(`keywright session token ${token.slice(0, token.lastIndexOf('.'))}`)
      .digest();
    return (await this.spent.begin({ id, fingerprint: id, at: this.clock.now(), expiresAt })).outcome === 'fresh';
  }
}

/** Whom the token says it is from: only to know whose keys to verify it with. */
function claimedIssuer(token: string): unknown {
  try {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as { iss?: unknown } | null;
    return claims?.iss;
  } catch {
    return undefined;
  }
}
