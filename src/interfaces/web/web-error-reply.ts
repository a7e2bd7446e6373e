import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { StorageUnavailable } from '../../application/ports/storage-unavailable.js';
import { OAuthError } from '../../domain/errors.js';
import type { Pages } from './pages.js';
import { messages } from './views/messages.js';

/** Seconds. */
const retryAfter = 5;

/** Answers any failure at an address for people with a page that says what happened and what to do. */
export function webErrorReply(pages: Pages) {
  return (error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    if (error instanceof OAuthError) {
      request.log.info({ error: error.code, description: error.description, detail: error.detail }, 'request refused');
      return pages.message(reply, 400, messages.untrustedRequest({ code: error.code, description: error.description }));
    }
    if (error instanceof StorageUnavailable) return pages.message(reply.header('Retry-After', retryAfter), 503, messages.storageAway());
    const { code, statusCode } = error as Partial<FastifyError>;
    if (code?.startsWith('FST_CSRF')) return pages.message(reply, 403, messages.formTooOld(pathOf(request)));
    if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return pages.message(reply, statusCode, messages.badRequest('the form could not be read'));
    request.log.error({ err: error }, 'unexpected failure');
    return pages.message(reply, 500, messages.somethingBroke(request.id));
  };
}

/** The page whose form was posted has the same address; the query stays out, as it may hold anything. */
function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] as string;
}
