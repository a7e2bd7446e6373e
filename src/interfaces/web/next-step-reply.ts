import type { FastifyReply } from 'fastify';
import type { AuthorizationAnswer } from '../../application/authorization/authorization-answer.js';
import type { ConsentStep, NextStep } from '../../application/authorization/continue-authorization.js';
import type { KnownScopes } from '../../application/resources/known-scopes.js';
import { leavesFor, readableUserCode } from '../../domain/authorization/device-request.js';
import { redirectTarget } from '../../domain/authorization/redirect-uri.js';
import type { Client } from '../../domain/clients/client.js';
import { isMetadataUri } from '../../domain/clients/metadata-uri.js';
import { isSelfRegistered } from '../../domain/clients/self-registration.js';
import { asShown } from '../../domain/scope.js';
import { answerLocation } from './answer-location.js';
import type { Pages } from './pages.js';
import { ChooseAccountPage } from './views/choose-account-page.js';
import { ConsentPage } from './views/consent-page.js';
import { messages } from './views/messages.js';

/** What nothing vouches for that a public client says of itself; `undefined` where something does. */
function warningAbout({ id, type }: Client, redirectUri: string): string | undefined {
  if (type !== 'public') return undefined;
  const why = redirectUri.startsWith('https:') ? whyNotKnown(id) : whyNotCheckable(id);
  return why && `${why} Allow it only if you have just started it yourself.`;
}

function whyNotKnown(id: string): string | undefined {
  return isSelfRegistered(id) ? 'Nobody who looks after this server knows this app, so its name cannot be checked.' : undefined;
}

/** RFC 8252 §8.6: what answers on the person's own machine could be anything there, also under a name for which a host stands. */
function whyNotCheckable(id: string): string {
  return isMetadataUri(id)
    ? 'Your answer goes to an app on your own device, and any app there can say that it is this one.'
    : 'This app runs on your own device, so its name cannot be checked.';
}

/** Shows a person the next step of an authorization. */
export class NextStepReply {
  constructor(
    private readonly pages: Pages,
    private readonly issuer: string,
    private readonly knownScopes: KnownScopes,
  ) {}

  /** `changed`: it is not the one that the person has just answered. */
  async send(reply: FastifyReply, next: NextStep, changed = false): Promise<FastifyReply> {
    switch (next.step) {
      case 'sign_in':
        return reply.redirect(`/sign-in?request=${next.request.id}`, 303);
      case 'choose_account':
        return this.chooseAccount(reply, next);
      case 'consent':
        return this.consent(reply, next, changed);
      case 'answer':
        return this.answer(reply, next.answer);
      case 'answered':
        return this.pages.message(reply, 200, messages.alreadyAnswered(next.client));
      case 'taken':
        return this.pages.message(reply, 200, messages.deviceTaken());
      case 'type_code':
        return reply.redirect('/device', 303);
      case 'gone':
        return this.pages.message(reply, 400, messages.requestExpired());
    }
  }

  private answer(reply: FastifyReply, answer: AuthorizationAnswer): FastifyReply {
    if ('onDevice' in answer) return this.pages.message(reply, 200, answer.onDevice === 'allowed' ? messages.deviceAllowed() : messages.deviceDenied());
    return reply.header('Cache-Control', 'no-store').redirect(answerLocation(answer, this.issuer), 303);
  }

  private chooseAccount(reply: FastifyReply, { request, client, user }: NextStep & { step: 'choose_account' }): FastifyReply {
    const view = ChooseAccountPage({
      site: this.pages.site,
      client,
      person: user,
      expected: request.loginHint === user.email ? null : request.loginHint,
      csrfToken: reply.generateCsrf(),
      continueAction: `/consent/${request.id}/${user.id}/continue`,
      switchAccountAction: `/consent/${request.id}/switch-account`,
    });
    return this.pages.send(reply, view, { leadsTo: leavesFor(request) });
  }

  private async consent(reply: FastifyReply, { request, client, user, optionalScopes, userCode }: ConsentStep, changed: boolean): Promise<FastifyReply> {
    const known = await this.knownScopes.all();
    const view = ConsentPage({
      site: this.pages.site,
      changed,
      client,
      answered:
        userCode === null
          ? { at: redirectTarget(request.redirectUri), warning: warningAbout(client, request.redirectUri) }
          : { onDevice: readableUserCode(userCode) },
      scopes: asShown(request.scopes, known).map((scope) => ({ ...scope, optional: optionalScopes.includes(scope.name) })),
      resources: request.resources,
      person: user,
      csrfToken: reply.generateCsrf(),
      action: `/consent/${request.id}/${user.id}`,
      switchAccountAction: `/consent/${request.id}/switch-account`,
      connectedAppsHref: '/connected-apps',
    });
    return this.pages.send(reply, view, { leadsTo: leavesFor(request) });
  }
}
