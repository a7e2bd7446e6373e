import type { FastifyInstance } from 'fastify';
import type { Authorize, AuthorizeInput } from '../../application/authorization/authorize.js';
import type { ContinueAuthorization } from '../../application/authorization/continue-authorization.js';
import { queryOf } from '../http/form.js';
import type { Parameters } from '../http/parameters.js';
import type { NextStepReply } from './next-step-reply.js';
import type { SessionCookie } from './session-cookie.js';

/** `GET /oauth/authorize` (RFC 6749 §4.1.1). */
export function authorizeController(
  server: FastifyInstance,
  authorize: Authorize,
  continueAuthorization: ContinueAuthorization,
  session: SessionCookie,
  nextStep: NextStepReply,
): void {
  // A HEAD, as link previews send it, must not give anything away.
  server.get('/oauth/authorize', { exposeHeadRoute: false }, async (request, reply) => {
    const signedIn = await session.signedIn(request);
    const result = await authorize.execute(authorizeInput(queryOf(request)), signedIn ? null : request.ip);
    if (result.outcome === 'refused') return nextStep.send(reply, { step: 'answer', answer: result });
    return nextStep.send(reply, await continueAuthorization.execute(result.request.id, signedIn));
  });
}

function authorizeInput(query: Parameters): AuthorizeInput {
  // These two decide whether an error is a page or a redirect, so they must be right before anything else is looked at.
  const [clientId, redirectUri] = [query.one('client_id'), query.one('redirect_uri')];
  const malformed = query.problem(['client_id', 'redirect_uri']);
  return {
    clientId,
    redirectUri,
    malformed,
    responseType: query.usable('response_type'),
    state: query.usable('state'),
    scope: query.usable('scope'),
    codeChallenge: query.usable('code_challenge'),
    codeChallengeMethod: query.usable('code_challenge_method'),
    resources: malformed === null ? query.all('resource') : [],
    prompt: query.usable('prompt'),
    maxAge: query.usable('max_age'),
    loginHint: query.usable('login_hint'),
  };
}
