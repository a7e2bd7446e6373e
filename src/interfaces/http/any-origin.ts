import type { FastifyReply } from 'fastify';

/** What programs are answered may be read by a page of any origin: no cookie counts there. */
export const anyOrigin = '*';
export const exposedHeaders = 'WWW-Authenticate, Retry-After, Allow';

/** Lets a page of any origin read an answer (Fetch Standard, "CORS protocol"). */
export function readableByAnyOrigin(reply: FastifyReply): FastifyReply {
  return reply.header('Access-Control-Allow-Origin', anyOrigin).header('Access-Control-Expose-Headers', exposedHeaders);
}
