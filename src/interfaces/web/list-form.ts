import type { FastifyRequest } from 'fastify';
import { InvalidRequest } from '../../domain/errors.js';
import { Parameters } from '../http/parameters.js';

/** The form that was posted, where some fields (`lists`) may have several boxes ticked. Throws `InvalidRequest` when there is none or it cannot be read. */
export function listFormOf({ body }: FastifyRequest, lists: readonly string[]): Parameters {
  if (!(body instanceof Parameters)) throw new InvalidRequest('there is no form in it');
  const problem = body.problem(lists);
  if (problem !== null) throw new InvalidRequest(problem);
  return body;
}
