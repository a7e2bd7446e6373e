import { type AuthorizationRequest, mustChooseAccount, mustSignInAgain, stillAllowed } from '../../domain/authorization/authorization-request.js';
import { agreedAddress } from '../../domain/authorization/consent.js';
import { isForDevice } from '../../domain/authorization/device-request.js';
import { endOfLimit, type TimeLimit } from '../../domain/authorization/time-limit.js';
import type { Client } from '../../domain/clients/client.js';
import { AccessDenied } from '../../domain/errors.js';
import { scopesBeyond } from '../../domain/scope.js';
import type { ForgetIfRevoked } from '../connections/forget-if-revoked.js';
import type { AuthorizationRequestRepository } from '../ports/authorization-request-repository.js';
import type { ClientRepository } from '../ports/client-repository.js';
import type { Clock } from '../ports/clock.js';
import type { ConsentRepository } from '../ports/consent-repository.js';
import type { SignedIn } from '../sessions/find-session.js';
import type { AuthorizationAnswer } from './authorization-answer.js';
import type { GiveGrant } from './give-grant.js';
import type { UserCodes } from './user-codes.js';

export interface DecideAuthorizationInput {
  readonly requestId: string;
  readonly signedIn: SignedIn;
  /** To whom the page was shown; another tab may have signed in someone else since. */
  readonly shownTo: string;
  readonly decision: 'allow' | 'deny';
  /** The scopes that the page showed: no other is given. `null`: who posted the form did not say, as no page of ours does. */
  readonly shown: readonly string[] | null;
  /** Scopes that the person does not give; counted where the client marked them optional. */
  readonly leaveOut: readonly string[];
  /** What was typed in the browser that decides; of a device's request, its code. */
  readonly userCode: string | null;
  /** How long the app may act for them. */
  readonly timeLimit: TimeLimit;
}

export type DecideAuthorizationResult =
  | { readonly outcome: 'answer'; readonly client: Client; readonly answer: AuthorizationAnswer }
  | { readonly outcome: 'answered'; readonly client: Client }
  /** Somebody else is signed in now, or the client wants a newer sign-in or an account chosen, or the device's code has not been typed: show the next step instead. */
  | { readonly outcome: 'not_yet' }
  /** The client would be given what was not shown, or was left out: show the next step again, and that it is another. */
  | { readonly outcome: 'changed' }
  | { readonly outcome: 'gone' };

/** The person allowed or denied what the consent page showed. */
export class DecideAuthorization {
  constructor(
    private readonly requests: AuthorizationRequestRepository,
    private readonly clients: Pick<ClientRepository, 'find'>,
    private readonly consents: ConsentRepository,
    private readonly giveGrant: GiveGrant,
    private readonly forgetIfRevoked: ForgetIfRevoked,
    private readonly userCodes: Pick<UserCodes, 'isOf'>,
    private readonly clock: Clock,
  ) {}

  async execute({ requestId, signedIn, shownTo, decision, userCode, ...choices }: DecideAuthorizationInput): Promise<DecideAuthorizationResult> {
    const { user } = signedIn;
    const asked = await this.requests.find(requestId);
    const client = asked && (await this.clients.find(asked.clientId));
    const request = asked && client && stillAllowed(asked, client);
    const now = this.clock.now();
    if (!request || !client || client.disabledAt || request.expiresAt <= now) return { outcome: 'gone' };
    if (shownTo !== user.id || mustSignInAgain(request, signedIn) || mustChooseAccount(request, signedIn)) return { outcome: 'not_yet' };
    if (isForDevice(request) && !this.userCodes.isOf(userCode, request.id)) return { outcome: 'not_yet' };

    // The client had fewer scopes when the page was shown.
    if (decision === 'allow' && choices.shown !== null && scopesBeyond(request.scopes, choices.shown).length > 0) return { outcome: 'changed' };
    // The page had a box that the client has taken away since: what the person unticked must never be given.
    const leftOut = choices.leaveOut.filter((scope) => request.scopes.includes(scope));
    if (decision === 'allow' && scopesBeyond(leftOut, client.optionalScopes).length > 0) return { outcome: 'changed' };
    const scopes = scopesBeyond(request.scopes, leftOut);
    // Whoever leaves out everything gives nothing: that is a no.
    if (decision === 'deny' || scopes.length === 0) {
      const decided = await this.requests.decide(request.id, { kind: 'denied', userId: user.id });
      const stands =
        decided?.outcome === 'decided' || (decided?.outcome === 'earlier' && decided.earlier.kind === 'denied' && decided.earlier.userId === user.id);
      if (!stands) return { outcome: 'answered', client };
      return { outcome: 'answer', client, answer: denialOf(request) };
    }

    const given = await this.giveGrant.execute(request, client, signedIn, { scopes, expiresAt: endOfLimit(choices.timeLimit, now) });
    if (given.outcome !== 'given') return { outcome: 'answered', client };
    // The next device is asked about anew.
    if (isForDevice(request)) return { outcome: 'answer', client, answer: given.answer };
    // What stands is remembered: of two clicks with different choices the first counts.
    const { id, scopes: agreed, createdAt, expiresAt } = given.grant;
    const declinedScopes = scopesBeyond(request.scopes, agreed);
    const redirectUris = [agreedAddress(request)];
    await this.consents.give({ userId: user.id, clientId: client.id, scopes: agreed, declinedScopes, redirectUris, givenAt: createdAt, expiresAt });
    // Whoever ends what is given in this moment found no consent to forget.
    await this.forgetIfRevoked.execute({ grantId: id });
    return { outcome: 'answer', client, answer: given.answer };
  }
}

function denialOf(request: AuthorizationRequest): AuthorizationAnswer {
  if (isForDevice(request)) return { onDevice: 'denied' };
  return { redirectUri: request.redirectUri, state: request.state, error: new AccessDenied('the person said no') };
}
