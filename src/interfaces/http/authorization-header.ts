import type { FastifyRequest } from 'fastify';
import { InvalidRequest } from '../../domain/errors.js';

/**
 * The Authorization header; `undefined` when there is none. Throws `InvalidRequest` when there are several, as they "MUST NOT" be (RFC 9110 §5.3): Node.js keeps the
 * first and drops the others unsaid, while whoever looked at the request before may have gone by another.
 */
export function authorizationHeader({ headers, raw }: FastifyRequest): string | undefined {
  if (headers.authorization !== undefined && isRepeated('authorization', raw.rawHeaders))
    throw new InvalidRequest('the Authorization header was sent more than once');
  return headers.authorization;
}

/** `raw`: names and values by turns, as they came. */
function isRepeated(name: string, raw: readonly string[]): boolean {
  let found = false;
  for (let index = 0; index < raw.length; index += 2) {
    const one = raw[index];
    // The length first: one of ten names is spelt out.
    if (one?.length !== name.length || one.toLowerCase() !== name) continue;
    if (found) return true;
    found = true;
  }
  return false;
}
