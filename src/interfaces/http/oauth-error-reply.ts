import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { StorageUnavailable } from '../../application/ports/storage-unavailable.js';
import {
  AuthorizationPending,
  ClientOutOfReach,
  InvalidClient,
  InvalidRequest,
  OAuthError,
  TemporarilyUnavailable,
  TooManyAttempts,
  TooManyRequests,
} from '../../domain/errors.js';
import { outageText } from './outage-text.js';

/** Seconds after which asking again is worth while. */
export const retryAfter = 5;

const statusOf: Readonly<Record<string, number>> = { invalid_client: 401, invalid_token: 401, insufficient_scope: 403, temporarily_unavailable: 503 };

const unforeseen = 'server_error';

/** Answers any failure at an endpoint for clients: JSON in the vocabulary of RFC 6749 §5.2, never a stack, never somebody else's message. */
export function replyWithOAuthError(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = oauthErrorOf(error);
  reply.header('Cache-Control', 'no-store');
  if (!known) {
    request.log.error({ err: error }, 'unexpected failure');
    return reply.code(500).send({ error: unforeseen, error_description: 'something went wrong here; nothing was issued' });
  }
  request.log[levelOf(error)]({ error: known.code, description: known.description, detail: known.detail }, 'request refused');
  if (error instanceof TooManyAttempts)
    return reply.code(429).header('Retry-After', error.retryAfter).send({ error: known.code, error_description: known.description });
  if (known.code === 'temporarily_unavailable') reply.header('Retry-After', retryAfter);
  // "the authorization server MUST respond with an HTTP 401 … and include the WWW-Authenticate response header field" (RFC 6749 §5.2)
  if (known.code === 'invalid_client') reply.header('WWW-Authenticate', 'Basic realm="oauth", charset="UTF-8"');
  return reply.code(statusOf[known.code] ?? httpStatus(error) ?? 400).send({ error: known.code, error_description: known.description });
}

function levelOf(error: Error): 'warn' | 'info' | 'debug' {
  // What those who run this server can do something about.
  if (error instanceof ClientOutOfReach) return 'warn';
  // Each device asks so until somebody has decided.
  return error instanceof AuthorizationPending ? 'debug' : 'info';
}

/** The code that a failure is answered with. */
export function errorCodeOf(error: FastifyError | Error): string {
  return oauthErrorOf(error)?.code ?? unforeseen;
}

/** The OAuth error that a failure amounts to; `null` for one that nobody foresaw. */
function oauthErrorOf(error: FastifyError | Error): OAuthError | null {
  // Nothing is wrong with the client, and one that is told so may forget who it is.
  if (error instanceof ClientOutOfReach) return new TemporarilyUnavailable(error.description, error.detail);
  if (error instanceof OAuthError) return error;
  if (error instanceof StorageUnavailable) return new TemporarilyUnavailable(outageText);
  if (error instanceof TooManyRequests) return new TemporarilyUnavailable(`too many requests from this address; try again in ${error.retryAfter} seconds`);
  // All others that are counted here failed to authenticate.
  if (error instanceof TooManyAttempts) return new InvalidClient(`client authentication failed too often; try again in ${error.retryAfter} seconds`);
  const status = httpStatus(error);
  if (status === 413) return new InvalidRequest('the body is too large');
  if (status === 415) return new InvalidRequest('the content type is not supported here: send application/x-www-form-urlencoded');
  return status === null ? null : new InvalidRequest('the request cannot be read');
}

/** The status of a failure that Fastify blames on the request. */
function httpStatus(error: FastifyError | Error): number | null {
  const status = 'statusCode' in error ? error.statusCode : undefined;
  return status !== undefined && status >= 400 && status < 500 ? status : null;
}
