import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Pages } from '../web/pages.js';
import { messages } from '../web/views/messages.js';
import { readableByAnyOrigin } from './any-origin.js';
import type { KnownRoutes } from './known-routes.js';

/** 404 for an address that is not here, 405 with `Allow` for one that is but not with this method (RFC 9110 §15.5.6). */
export function refuseUnknownRoutes(server: FastifyInstance, routes: KnownRoutes, pages: Pages): void {
  server.setNotFoundHandler((request: FastifyRequest, reply: FastifyReply) => {
    const route = routes.at(request);
    const allowed = route && !route.methods.has(request.method) ? [...route.methods].join(', ') : null;
    if (allowed !== null) reply.header('Allow', allowed);
    const status = allowed === null ? 404 : 405;
    if (routes.isForPeople(request)) return pages.message(reply, status, allowed === null ? messages.notFound() : messages.methodNotAllowed());
    const description = allowed === null ? 'there is nothing at this address' : `this address takes ${allowed} only`;
    if (route !== null) readableByAnyOrigin(reply);
    return reply.code(status).header('Cache-Control', 'no-store').send({ error: 'invalid_request', error_description: description });
  });
}
