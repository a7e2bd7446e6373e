import formbody from '@fastify/formbody';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest, type FastifyServerOptions, LogController } from 'fastify';
import { StorageUnavailable } from '../../application/ports/storage-unavailable.js';
import { longestClientId } from '../../domain/clients/longest-client-id.js';
import { type ApiEndpoints, apiEndpoints } from '../api/api-endpoints.js';
import { problemReply } from '../api/problem-reply.js';
import { webErrorReply } from '../web/web-error-reply.js';
import { type WebPages, webPages } from '../web/web-pages.js';
import { answerBrokenRequest } from './broken-request.js';
import { countAnswers } from './count-answers.js';
import type { Doors } from './doors.js';
import { parsed } from './form.js';
import { KnownRoutes } from './known-routes.js';
import { type OAuthEndpoints, oauthEndpoints } from './oauth-endpoints.js';
import { replyWithOAuthError } from './oauth-error-reply.js';
import { RequestLog } from './request-log.js';
import { refuseUnknownRoutes } from './unknown-route.js';

export interface ServerOptions {
  /** Which proxies may name the caller's address (Fastify's `trustProxy`). */
  readonly trustProxy: boolean | string;
  readonly logger: FastifyServerOptions['logger'];
  /** What it listens with, for whoever wants to leave without failing a request. */
  readonly doors?: Doors | undefined;
  /** Told of each request that is refused for the sake of the store. */
  readonly storeFailed?: ((error: StorageUnavailable) => void) | undefined;
}

/** Bytes; a token request or a form of ours is far smaller. */
const bodyLimit = 64 * 1024;

/** Milliseconds. A caller that trickles its request is cut off; an idle connection outlives the proxy's own 60 s. */
const times = { connectionTimeout: 30_000, requestTimeout: 15_000, keepAliveTimeout: 72_000 };

/** Where less is logged, answers are not even noted. */
const levelsOfAnswers = new Set(['trace', 'debug', 'info']);

/** The HTTP server, built but not listening. */
export async function buildServer(options: ServerOptions, endpoints: OAuthEndpoints, pages: WebPages, api: ApiEndpoints): Promise<FastifyInstance> {
  const routes = new KnownRoutes();
  const replyWithPage = webErrorReply(pages.pages);
  const replyWithProblem = problemReply(api.issuer);
  /** For what fails before a route is found, such as an address that cannot be decoded. */
  const replyWithError = (error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply) => {
    if (request.url.startsWith('/api/')) return replyWithProblem(error, request, reply);
    return (routes.isForPeople(request) ? replyWithPage : replyWithOAuthError)(error, request, reply);
  };
  const server = Fastify({
    ...times,
    bodyLimit,
    trustProxy: options.trustProxy,
    logger: options.logger ?? false,
    ...(options.logger && { childLoggerFactory: (log, bindings, how) => new RequestLog(log, [bindings, how]) }),
    // The default log line has the whole address; ours has the path, because some callers put tokens into the query.
    logController: new LogController({ disableRequestLogging: true }),
    frameworkErrors: replyWithError,
    clientErrorHandler: answerBrokenRequest,
    forceCloseConnections: 'idle',
    // What still comes on an open connection is answered like all the rest, with `Connection: close`.
    return503OnClosing: false,
    ...(options.doors && { serverFactory: options.doors.open }),
    // Of a part of an address, decoded: no other identifier is longer.
    routerOptions: { querystringParser: parsed, maxParamLength: longestClientId },
  });

  // Only forms are read; any other body is let through unread, so that the answer can be an error of ours instead of a bare 415.
  server.removeAllContentTypeParsers();
  await server.register(formbody, { bodyLimit, parser: parsed });
  server.addContentTypeParser('*', { bodyLimit, parseAs: 'buffer' }, (_request, _body, done) => done(null, undefined));

  if (endpoints.metrics) countAnswers(server, endpoints.metrics);
  if (levelsOfAnswers.has(server.log.level)) server.addHook('onResponse', logAnswer);
  const { storeFailed } = options;
  if (storeFailed)
    server.addHook('onError', async (_request, _reply, error: Error) => {
      if (error instanceof StorageUnavailable) storeFailed(error);
    });
  server.setErrorHandler(replyWithError);
  refuseUnknownRoutes(server, routes, pages.pages);
  await server.register(async (scope) => {
    routes.collect(scope, 'clients');
    await oauthEndpoints(scope, routes, endpoints);
  });
  await server.register(async (scope) => apiEndpoints(scope, api), { prefix: '/api' });
  await server.register(async (scope) => {
    routes.collect(scope, 'people');
    await webPages(scope, pages);
  });
  return server;
}

async function logAnswer(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const path = request.url.split('?', 1)[0];
  request.log.info({ method: request.method, path, status: reply.statusCode, ms: Math.round(reply.elapsedTime * 10) / 10 }, 'answered');
}
