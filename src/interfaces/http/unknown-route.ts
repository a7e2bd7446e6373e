import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Pages } from '../web/pages.js';
import { messages } from '../web/views/messages.js';

/** 404 for an address that is not here, 405 with `Allow` for one that is but not with this method; a page for people, JSON for programs. */
export function refuseUnknownRoutes(server: FastifyInstance, pages: Pages): void {
  const methods = new Map<string, Set<string>>();
  server.addHook('onRoute', ({ url, method }) => {
    const known = methods.get(url) ?? new Set();
    for (const one of [method].flat()) known.add(one);
    methods.set(url, known);
  });

  server.setNotFoundHandler((request: FastifyRequest, reply: FastifyReply) => {
    const path = request.url.split('?', 1)[0] as string;
    const allowed = methods.get(path);
    if (allowed) reply.header('Allow', [...allowed].join(', '));
    const status = allowed ? 405 : 404;
    if ((request.headers.accept ?? '').includes('text/html')) {
      return pages.message(reply, status, allowed ? messages.methodNotAllowed() : messages.notFound());
    }
    const description = allowed ? `this address takes ${[...allowed].join(', ')} only` : 'there is nothing at this address';
    return reply.code(status).header('Cache-Control', 'no-store').send({ error: 'invalid_request', error_description: description });
  });
}
