import type { FastifyInstance, FastifyReply } from 'fastify';
import { UpstreamFailure, type UpstreamFault } from '../../../application/ports/upstream-provider.js';
import { queryOf } from '../../http/form.js';
import type { DeviceCookie } from '../device-cookie.js';
import type { Pages } from '../pages.js';
import type { SessionCookie } from '../session-cookie.js';
import { afterSignIn, askedFor, destinationOf, signInPath } from '../sign-in-address.js';
import { messages } from '../views/messages.js';
import type { ProviderPages } from './provider-pages.js';
import type { UpstreamCookie } from './upstream-cookie.js';

interface ProviderParams {
  readonly provider: string;
}

const shownFor = {
  cancelled: { status: 200, message: messages.providerCancelled },
  unreachable: { status: 503, message: messages.providerUnreachable },
  refused: { status: 400, message: messages.providerRefused },
} satisfies Record<UpstreamFault, unknown>;

/** Signing in at a provider: the way there, and the way back. */
export function providerController(
  server: FastifyInstance,
  pages: Pages,
  session: SessionCookie,
  device: DeviceCookie,
  cookie: UpstreamCookie,
  use: ProviderPages,
): void {
  const nameOf = (id: string) => use.providers.find((provider) => provider.id === id)?.name ?? id;
  const failed = (reply: FastifyReply, { fault, message }: UpstreamFailure, id: string, retryHref: string) => {
    reply.log.warn({ provider: id, fault, detail: message }, 'signing in at a provider failed');
    const shown = shownFor[fault];
    return pages.message(reply, shown.status, shown.message(nameOf(id), retryHref, use.others || use.providers.length > 1));
  };

  server.post<{ Params: ProviderParams }>('/sign-in/with/:provider', { preHandler: server.csrfProtection }, async (request, reply) => {
    const destination = destinationOf(request);
    try {
      const begun = await use.beginUpstreamSignIn.execute({
        providerId: request.params.provider,
        linkTo: null,
        asked: askedFor(request),
        from: request.ip,
        ...destination,
      });
      cookie.set(reply, begun);
      return reply.header('Cache-Control', 'no-store').redirect(begun.url, 303);
    } catch (error) {
      if (error instanceof UpstreamFailure) return failed(reply, error, request.params.provider, signInPath(destination, '/sign-in', askedFor(request)));
      throw error;
    }
  });

  // No HEAD: opening it uses the code up.
  server.get<{ Params: ProviderParams }>('/sign-in/with/:provider/callback', { exposeHeadRoute: false }, async (request, reply) => {
    const { provider: providerId } = request.params;
    const state = queryOf(request).usable('state') ?? '';
    const query = request.url.split('?').slice(1).join('?');
    const userId = (await session.signedIn(request))?.user.id ?? null;
    const token = cookie.token(request, state);
    const result = await use.finishUpstreamSignIn.execute({ providerId, query, token, userId, browser: session.browser(request) });
    if (token !== '') cookie.clear(reply, state);
    reply.header('Cache-Control', 'no-store');
    switch (result.outcome) {
      case 'signed_in':
        session.set(reply, result.session);
        if (result.device) device.set(reply, result.device);
        return reply.redirect(afterSignIn(result.destination), 303);
      case 'not_admitted':
        return pages.message(reply, 403, messages.notAdmitted(result.reason, nameOf(providerId), signInPath(result.destination, '/sign-in', 'other'), true));
      case 'linked':
        return reply.redirect('/account?done=linked', 303);
      case 'of_another':
        return pages.message(reply, 409, messages.identityOfAnother(nameOf(providerId)));
      case 'failed':
        if (result.linking) {
          reply.log.warn({ provider: providerId, fault: result.failure.fault, detail: result.failure.message }, 'linking an identity failed');
          return pages.message(reply, shownFor[result.failure.fault].status, messages.notLinked(nameOf(providerId)));
        }
        return failed(reply, result.failure, providerId, signInPath(result.destination));
      default:
        return pages.message(reply, 400, messages.upstreamUnexpected());
    }
  });
}
