import type { FastifyRequest } from 'fastify';
import type { Idempotently, IdempotentRequest } from '../../application/operations/idempotently.js';
import { ApiProblem } from './problem.js';

/** The Idempotency-Key of a request; `null` when it has none. Throws `ApiProblem` for one that cannot be used. */
export function idempotencyKey({ headers }: FastifyRequest): string | null {
  const key = headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key))
    throw new ApiProblem('invalid-request', 'Idempotency-Key must be 1 to 255 visible characters');
  return key;
}

/** One whose server was killed looks the same for a minute, and may have made it. */
const unanswered =
  'It has no answer yet. It waits for one no longer than a minute: if a server was stopped in the middle of it, the key is free then, and what it had made by that time is there.';

/** Does it at most once for the caller's key, and answers the same again (draft-ietf-httpapi-idempotency-key-header §2). */
export async function onlyOnce<Answer>(idempotently: Idempotently, request: IdempotentRequest, make: () => Promise<Answer>): Promise<Answer> {
  const result = await idempotently.execute(request, make);
  if (result.outcome === 'running') throw new ApiProblem('request-running', unanswered);
  if (result.outcome === 'other_request') throw new ApiProblem('key-reused');
  return result.answer;
}
