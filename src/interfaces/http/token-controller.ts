import type { FastifyInstance } from 'fastify';
import type { RequestMetrics } from '../../application/ports/request-metrics.js';
import type { TokenEndpoint } from '../oauth2/token-endpoint.js';
import { clientCredentials } from './client-credentials.js';
import { countRefusedTokenRequests } from './count-refused-token-requests.js';
import { formOf } from './form.js';

/** A successful answer (RFC 6749 §5.1). Known beforehand, it is written in a fraction of the time; what is not named here would be left out. */
const tokenResponse = {
  type: 'object',
  properties: {
    access_token: { type: 'string' },
    token_type: { type: 'string' },
    expires_in: { type: 'integer' },
    refresh_token: { type: 'string' },
    scope: { type: 'string' },
  },
};

/** `POST /oauth/token` (RFC 6749 §3.2). */
export function tokenController(server: FastifyInstance, tokenEndpoint: TokenEndpoint, metrics?: RequestMetrics): void {
  server.post('/oauth/token', { schema: { response: { 200: tokenResponse } }, ...(metrics && countRefusedTokenRequests(metrics)) }, async (request, reply) => {
    const parameters = formOf(request);
    const credentials = clientCredentials(request, parameters);
    const body = await tokenEndpoint.handle({ method: request.method, credentials, from: request.ip, parameters });
    metrics?.tokenRequest(parameters.one('grant_type'), 'issued');
    // RFC 6749 §5.1
    return reply.header('Cache-Control', 'no-store').header('Pragma', 'no-cache').send(body);
  });
}
