import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ChooseAccount } from '../../application/authorization/choose-account.js';
import type { ContinueAuthorization } from '../../application/authorization/continue-authorization.js';
import type { DecideAuthorization } from '../../application/authorization/decide-authorization.js';
import type { SignOut } from '../../application/sessions/sign-out.js';
import { decisionForm } from './decision-form.js';
import type { NextStepReply } from './next-step-reply.js';
import type { SessionCookie } from './session-cookie.js';
import type { UserCodeCookie } from './user-code-cookie.js';

interface ConsentParams {
  readonly requestId: string;
  readonly shownTo: string;
}

/** The consent page of a kept authorization request, and what its buttons do. */
export function consentController(
  server: FastifyInstance,
  continueAuthorization: ContinueAuthorization,
  chooseAccount: ChooseAccount,
  decideAuthorization: DecideAuthorization,
  signOut: SignOut,
  session: SessionCookie,
  userCodes: UserCodeCookie,
  nextStep: NextStepReply,
): void {
  const show = async (request: FastifyRequest<{ Params: Pick<ConsentParams, 'requestId'> }>, reply: FastifyReply) =>
    nextStep.send(reply, await continueAuthorization.execute(request.params.requestId, await session.signedIn(request), false, userCodes.userCode(request)));

  // No HEAD: opening the page may answer at once, and a link preview must not give anything away.
  server.get<{ Params: ConsentParams }>('/consent/:requestId', { exposeHeadRoute: false }, show);
  // Where a browser lands that reloads the answer to a posted form.
  server.get<{ Params: ConsentParams }>('/consent/:requestId/:shownTo', { exposeHeadRoute: false }, show);

  server.post<{ Params: ConsentParams }>('/consent/:requestId/:shownTo', { preHandler: server.csrfProtection }, async (request, reply) => {
    const { requestId, shownTo } = request.params;
    const signedIn = await session.signedIn(request);
    // The session ended while the page was open: sign in first, then see the page again.
    if (!signedIn) return show(request, reply);
    const userCode = userCodes.userCode(request);
    const result = await decideAuthorization.execute({ requestId, signedIn, shownTo, userCode, ...decisionForm(request) });
    if (result.outcome === 'changed') return nextStep.send(reply, await continueAuthorization.execute(requestId, signedIn, true, userCode), true);
    if (result.outcome === 'answer') return nextStep.send(reply, { step: 'answer', answer: result.answer });
    return result.outcome === 'gone' ? nextStep.send(reply, { step: 'gone' }) : show(request, reply);
  });

  server.post<{ Params: ConsentParams }>('/consent/:requestId/:shownTo/continue', { preHandler: server.csrfProtection }, async (request, reply) => {
    const { requestId, shownTo } = request.params;
    const signedIn = await session.signedIn(request);
    if (signedIn) await chooseAccount.execute({ requestId, signedIn, offered: shownTo });
    return show(request, reply);
  });
  server.get<{ Params: ConsentParams }>('/consent/:requestId/:shownTo/continue', { exposeHeadRoute: false }, show);

  server.post<{ Params: ConsentParams }>('/consent/:requestId/switch-account', { preHandler: server.csrfProtection }, async (request, reply) => {
    const token = session.token(request);
    if (token !== null) await signOut.execute(token);
    session.clear(reply);
    // Not as whoever the browser's cookies say at once.
    return reply.redirect(`/sign-in?request=${encodeURIComponent(request.params.requestId)}&other=1`, 303);
  });
}
