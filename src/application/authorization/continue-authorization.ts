import { type AuthorizationRequest, mustChooseAccount, mustSignInAgain, stillAllowed } from '../../domain/authorization/authorization-request.js';
import { agreedScopes } from '../../domain/authorization/consent.js';
import { isForDevice } from '../../domain/authorization/device-request.js';
import type { Client } from '../../domain/clients/client.js';
import { AccountSelectionRequired, ConsentRequired, LoginRequired, type OAuthError } from '../../domain/errors.js';
import type { User } from '../../domain/people/user.js';
import type { AuthorizationRequestRepository } from '../ports/authorization-request-repository.js';
import type { ClientRepository } from '../ports/client-repository.js';
import type { Clock } from '../ports/clock.js';
import type { ConsentRepository } from '../ports/consent-repository.js';
import type { SignedIn } from '../sessions/find-session.js';
import type { AuthorizationAnswer } from './authorization-answer.js';
import type { GiveGrant, GrantTerms } from './give-grant.js';
import type { UserCodes } from './user-codes.js';

/** Somebody has to be asked. */
export interface ConsentStep {
  readonly step: 'consent';
  readonly request: AuthorizationRequest;
  readonly client: Client;
  readonly user: User;
  /** Those of the request's scopes that the person may leave out. */
  readonly optionalScopes: readonly string[];
  /** What the device shows that asks; `null` where it is no device. */
  readonly userCode: string | null;
}

/** What a person's browser should see next. */
export type NextStep =
  | { readonly step: 'sign_in'; readonly request: AuthorizationRequest; readonly client: Client }
  /** As whom? */
  | { readonly step: 'choose_account'; readonly request: AuthorizationRequest; readonly client: Client; readonly user: User }
  | ConsentStep
  | { readonly step: 'answer'; readonly answer: AuthorizationAnswer }
  /** Decided before: the page was opened again. */
  | { readonly step: 'answered'; readonly client: Client }
  /** Somebody else has decided for this device, or whoever is signed out now. */
  | { readonly step: 'taken' }
  /** The device's code has not been typed in this browser. */
  | { readonly step: 'type_code' }
  /** Too old, never there, or its client is gone. */
  | { readonly step: 'gone' };

/** Takes a kept authorization request one step on, for the person who is signed in in this browser, if anyone is. */
export class ContinueAuthorization {
  constructor(
    private readonly requests: AuthorizationRequestRepository,
    private readonly clients: Pick<ClientRepository, 'find'>,
    private readonly consents: ConsentRepository,
    private readonly giveGrant: GiveGrant,
    private readonly userCodes: Pick<UserCodes, 'isOf'>,
    private readonly clock: Clock,
  ) {}

  /**
   * `mustAsk`: what the person has just answered could not be taken, so that no earlier consent may answer in its place. `userCode`: what was typed in this browser;
   * of a device's request nothing else lets anybody decide (RFC 8628 §5.4).
   */
  async execute(requestId: string, signedIn: SignedIn | null, mustAsk = false, userCode: string | null = null): Promise<NextStep> {
    const asked = await this.requests.find(requestId);
    const client = asked && (await this.clients.find(asked.clientId));
    if (!asked || !client || client.disabledAt) return { step: 'gone' };
    if (asked.decision) return isForDevice(asked) && asked.decision.userId !== signedIn?.user.id ? { step: 'taken' } : { step: 'answered', client };
    const request = stillAllowed(asked, client);
    if (!request || request.expiresAt <= this.clock.now()) return { step: 'gone' };

    // "prompt=none: the Authorization Server MUST NOT display any authentication or consent user interface pages" (OpenID Connect Core §3.1.2.1)
    const silent = request.prompts.includes('none');
    if (!signedIn || mustSignInAgain(request, signedIn)) {
      return silent ? refused(request, new LoginRequired('the person must sign in')) : { step: 'sign_in', request, client };
    }
    const { user } = signedIn;
    if (mustChooseAccount(request, signedIn)) {
      return silent ? refused(request, new AccountSelectionRequired('login_hint names somebody else')) : { step: 'choose_account', request, client, user };
    }
    if (isForDevice(request) && !this.userCodes.isOf(userCode, request.id)) return { step: 'type_code' };
    const terms = mustAsk ? null : await this.termsWithoutAsking(request, client, user);
    const given = terms && (await this.giveGrant.execute(request, client, signedIn, terms));
    if (given?.outcome === 'given') return { step: 'answer', answer: given.answer };
    if (given?.outcome === 'answered') return { step: 'answered', client };
    if (silent) return refused(request, new ConsentRequired('the person has not agreed to this yet'));
    const optionalScopes = request.scopes.filter((scope) => client.optionalScopes.includes(scope));
    return { step: 'consent', request, client, user, optionalScopes, userCode: isForDevice(request) ? userCode : null };
  }

  /** A consent already given for the same client and scopes is not asked again, unless the client wants it asked. `null`: ask. */
  private async termsWithoutAsking(request: AuthorizationRequest, client: Client, user: User): Promise<GrantTerms | null> {
    if (request.prompts.includes('consent')) return null;
    if (client.consent === 'skip') return { scopes: request.scopes, expiresAt: null };
    const consent = await this.consents.find(user.id, client.id);
    const scopes = agreedScopes(consent, request, client.optionalScopes, this.clock.now());
    return consent && scopes && { scopes, expiresAt: consent.expiresAt, under: consent };
  }
}

function refused(request: AuthorizationRequest, error: OAuthError): NextStep {
  return { step: 'answer', answer: { redirectUri: request.redirectUri, state: request.state, error } };
}
