import type { FastifyInstance } from 'fastify';
import type { Authorize } from '../../application/authorization/authorize.js';
import type { ContinueAuthorization } from '../../application/authorization/continue-authorization.js';
import type { OpenPushed } from '../../application/authorization/open-pushed.js';
import { authorizeInput } from '../http/authorize-input.js';
import { queryOf } from '../http/form.js';
import type { NextStepReply } from './next-step-reply.js';
import type { SessionCookie } from './session-cookie.js';

/** `GET /oauth/authorize` (RFC 6749 §4.1.1), also of a request that was pushed (RFC 9126 §4). */
export function authorizeController(
  server: FastifyInstance,
  authorize: Authorize,
  openPushed: OpenPushed,
  continueAuthorization: ContinueAuthorization,
  session: SessionCookie,
  nextStep: NextStepReply,
): void {
  // A HEAD, as link previews send it, must not give anything away.
  server.get('/oauth/authorize', { exposeHeadRoute: false }, async (request, reply) => {
    const signedIn = await session.signedIn(request);
    const query = queryOf(request);
    const requestUri = query.one('request_uri');
    if (requestUri !== null) {
      const { id } = await openPushed.execute(query.one('client_id'), requestUri);
      return nextStep.send(reply, await continueAuthorization.execute(id, signedIn));
    }
    const result = await authorize.execute(authorizeInput(query), signedIn ? null : request.ip);
    if (result.outcome === 'refused') return nextStep.send(reply, { step: 'answer', answer: result });
    return nextStep.send(reply, await continueAuthorization.execute(result.request.id, signedIn));
  });
}
