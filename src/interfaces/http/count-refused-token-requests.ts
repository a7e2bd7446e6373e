import type { onErrorHookHandler } from 'fastify';
import type { RequestMetrics } from '../../application/ports/request-metrics.js';
import { formIn } from './form.js';
import { errorCodeOf } from './oauth-error-reply.js';

/** Counts token requests that fail, also those that never reach the endpoint, such as a body that cannot be read. */
export function countRefusedTokenRequests(metrics: RequestMetrics): { onError: onErrorHookHandler } {
  return {
    onError: (request, _reply, error, done) => {
      metrics.tokenRequest(formIn(request.body)?.usable('grant_type') ?? null, errorCodeOf(error));
      done();
    },
  };
}
