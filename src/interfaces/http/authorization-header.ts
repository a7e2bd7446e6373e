import type { FastifyRequest } from 'fastify';
import { InvalidRequest } from '../../domain/errors.js';
import { isRepeatedHeader } from '../../domain/tokens/is-repeated-header.js';

/**
 * The Authorization header; `undefined` when there is none. Throws `InvalidRequest` when there are several, as they "MUST NOT" be (RFC 9110 §5.3): Node.js keeps the
 * first and drops the others unsaid, while whoever looked at the request before may have gone by another.
 */
export function authorizationHeader({ headers, raw }: FastifyRequest): string | undefined {
  if (headers.authorization !== undefined && isRepeatedHeader('authorization', raw.rawHeaders))
    throw new InvalidRequest('the Authorization header was sent more than once');
  return headers.authorization;
}
