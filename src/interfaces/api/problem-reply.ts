import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { StorageUnavailable } from '../../application/ports/storage-unavailable.js';
import { InsufficientScope, InvalidToken, NotFound, OAuthError, TemporarilyUnavailable } from '../../domain/errors.js';
import { outageText } from '../http/outage-text.js';
import { ApiProblem, problemKinds } from './problem.js';

/** A body of 64 kB can have thousands of faults. */
const mostFaults = 50;

/** Seconds after which asking again is worth while. */
const retryAfter = { unavailable: 5, 'request-running': 1 };

/** Answers any failure of the API as problem details (RFC 9457): never a stack, never somebody else's message. */
export function problemReply(issuer: string) {
  return (error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const { kind, detail, faults } = apiProblemOf(error);
    const { status, title } = problemKinds[kind];
    if (kind === 'internal-error') request.log.error({ err: error }, 'unexpected failure');
    else request.log.info({ problem: kind, detail: error.message }, 'request refused');
    if (kind === 'unavailable' || kind === 'request-running') reply.header('Retry-After', retryAfter[kind]);
    // RFC 5789 §2.2, RFC 7231 §6.5.13
    if (kind === 'unsupported-media-type' && request.method === 'PATCH') reply.header('Accept-Patch', 'application/merge-patch+json, application/json');
    const body = {
      type: `${issuer}/api#problem-${kind}`,
      title,
      status,
      ...(detail && { detail }),
      ...(faults.length > 0 && { errors: faults.slice(0, mostFaults) }),
    };
    return reply.code(status).header('Cache-Control', 'no-store').type('application/problem+json').send(JSON.stringify(body));
  };
}

function apiProblemOf(error: FastifyError | Error): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (error instanceof NotFound) return new ApiProblem('not-found', error.message);
  if (error instanceof StorageUnavailable) return new ApiProblem('unavailable', outageText);
  if (error instanceof TemporarilyUnavailable) return new ApiProblem('unavailable', error.description);
  if (error instanceof InvalidToken) return new ApiProblem('unauthenticated', error.description);
  if (error instanceof InsufficientScope) return new ApiProblem('insufficient-scope', error.description);
  if (error instanceof OAuthError) return new ApiProblem('invalid-request', error.description);
  const status = 'statusCode' in error ? error.statusCode : undefined;
  // A part of the path that is longer than any id.
  if (status === 414) return new ApiProblem('not-found');
  if (status === 413) return new ApiProblem('too-large');
  if (status === 415) return new ApiProblem('unsupported-media-type');
  return new ApiProblem(status !== undefined && status >= 400 && status < 500 ? 'invalid-request' : 'internal-error');
}
