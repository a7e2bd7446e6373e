import type { FastifyRequest } from 'fastify';
import { InvalidRequest } from '../../domain/errors.js';
import { Parameters } from './parameters.js';

/** In a plain object, as Fastify wants it. */
type Parsed = { readonly parameters: Parameters };

/** What this server makes of every query and every form. */
export function parsed(text: string): Parsed {
  return { parameters: new Parameters(text) };
}

/** The form in a body; `null` where there is none in it. */
export function formIn(body: unknown): Parameters | null {
  const { parameters } = (body ?? {}) as Partial<Parsed>;
  return parameters instanceof Parameters ? parameters : null;
}

/** The form that was posted. Throws `InvalidRequest` when there is none, a parameter is unreadable, or one outside `lists` is repeated. */
export function formOf({ body }: FastifyRequest, lists: readonly string[] = []): Parameters {
  const form = formIn(body);
  if (!form) throw new InvalidRequest('the body must be application/x-www-form-urlencoded');
  const problem = form.problem(lists);
  if (problem) throw new InvalidRequest(problem);
  return form;
}

/** The parameters of the query. */
export function queryOf({ query }: FastifyRequest): Parameters {
  return (query as Parsed).parameters;
}
