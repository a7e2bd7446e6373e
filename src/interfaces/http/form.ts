import type { FastifyRequest } from 'fastify';
import { InvalidRequest } from '../../domain/errors.js';
import { Parameters } from './parameters.js';

/** The form that was posted. Throws `InvalidRequest` when there is none, or a parameter is repeated or unreadable. */
export function formOf(request: FastifyRequest): Parameters {
  if (!(request.body instanceof Parameters)) throw new InvalidRequest('the body must be application/x-www-form-urlencoded');
  const problem = request.body.problem();
  if (problem) throw new InvalidRequest(problem);
  return request.body;
}

/** The parameters of the query; `Parameters` is what this server parses every query into. */
export function queryOf(request: FastifyRequest): Parameters {
  return request.query as Parameters;
}
