import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { StorageUnavailable } from '../../application/ports/storage-unavailable.js';
import {
  ClientNotLetIn,
  ClientOutOfReach,
  IntroducesItself,
  InvalidRequestUri,
  NotFound,
  OAuthError,
  TemporarilyUnavailable,
  TooManyAttempts,
} from '../../domain/errors.js';
import { clientPath } from '../client-path.js';
import { queryOf } from '../http/form.js';
import { StillBeingMade } from './only-once.js';
import type { Pages } from './pages.js';
import { messages } from './views/messages.js';

/** Seconds. */
const retryAfter = 5;

/** Answers any failure at an address for people with a page that says what happened and what to do. */
export function webErrorReply(pages: Pages) {
  return (error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    if (error instanceof StorageUnavailable) return pages.message(reply.header('Retry-After', retryAfter), 503, messages.storageAway());
    if (error instanceof StillBeingMade) return pages.message(reply.header('Retry-After', retryAfter), 503, messages.stillBeingMade());
    if (error instanceof TooManyAttempts) {
      const minutes = Math.ceil(error.retryAfter / 60);
      return pages.message(reply.header('Retry-After', error.retryAfter), 429, messages.tooManyAttempts(addressOfForm(request), minutes));
    }
    // Somebody else's is answered as if it were not there.
    if (error instanceof NotFound) return pages.message(reply, 404, messages.notFound());
    if (error instanceof IntroducesItself) return pages.message(reply, 409, messages.introducesItself(error.reason, clientPath(error.clientId)));
    if (error instanceof OAuthError) {
      // What those who run this server can do something about.
      const level = error instanceof TemporarilyUnavailable || error instanceof ClientOutOfReach ? 'warn' : 'info';
      request.log[level]({ error: error.code, description: error.description, detail: error.detail }, 'request refused');
      if (error instanceof TemporarilyUnavailable) return pages.message(reply.header('Retry-After', retryAfter), 503, messages.somethingBroke());
      if (error instanceof ClientOutOfReach) return pages.message(reply.header('Retry-After', retryAfter), 503, messages.clientOutOfReach(error.description));
      if (error instanceof ClientNotLetIn) return pages.message(reply, 400, messages.clientNotLetIn(error.description));
      // Opened late, most likely: from a bookmark, or once more.
      if (error instanceof InvalidRequestUri) return pages.message(reply, 400, messages.requestExpired());
      // Only there does a client send the person; everywhere else it was a form or a link of ours.
      const sentByClient = request.routeOptions.url === '/oauth/authorize';
      return pages.message(
        reply,
        400,
        sentByClient ? messages.untrustedRequest({ code: error.code, description: error.description }) : messages.badRequest(error.description),
      );
    }
    const { code, statusCode } = error as Partial<FastifyError>;
    if (code?.startsWith('FST_CSRF')) return pages.message(reply, 403, messages.formTooOld(addressOfForm(request)));
    if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
      return pages.message(reply, statusCode, messages.badRequest('the request could not be read'));
    request.log.error({ err: error }, 'unexpected failure');
    return pages.message(reply, 500, messages.somethingBroke(request.id));
  };
}

/** Where the form that was posted can be opened again. Of the query only the name of the request that waits is kept: the rest may hold anything. */
function addressOfForm(request: FastifyRequest): string {
  const path = request.url.split('?', 1)[0] as string;
  if (path === '/sign-out') return '/';
  // The way to a provider begins with a button there.
  if (path.startsWith('/sign-in/')) return '/sign-in';
  const waiting = queryOf(request).usable('request');
  return waiting === null ? path : `${path}?request=${encodeURIComponent(waiting)}`;
}
