import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Pages } from '../web/pages.js';
import { messages } from '../web/views/messages.js';
import { readableByAnyOrigin } from './any-origin.js';
import type { KnownRoutes } from './known-routes.js';

/** 404 for an address that is not here, 405 with `Allow` for one that is but not with this method (RFC 9110 §15.5.6). */
export function refuseUnknownRoutes(server: FastifyInstance, routes: KnownRoutes, pages: Pages): void {
  server.setNotFoundHandler((request: FastifyRequest, reply: FastifyReply) => {
    const route = routes.at(request);
    const page = routes.isForPeople(request);
    if (route === null || route.methods.has(request.method)) {
      return page ? pages.message(reply, 404, messages.notFound()) : refuse(reply, 404, 'there is nothing at this address');
    }
    const allowed = [...route.methods].join(', ');
    reply.header('Allow', allowed);
    return page ? pages.message(reply, 405, messages.methodNotAllowed()) : refuse(readableByAnyOrigin(reply), 405, `this address takes ${allowed} only`);
  });
}

function refuse(reply: FastifyReply, status: number, description: string): FastifyReply {
  return reply.code(status).header('Cache-Control', 'no-store').send({ error: 'invalid_request', error_description: description });
}
