import type { FastifyInstance } from 'fastify';
import type { PushAuthorization } from '../../application/authorization/push-authorization.js';
import { InvalidRequest } from '../../domain/errors.js';
import { authorizeInput } from './authorize-input.js';
import { clientCredentials } from './client-credentials.js';
import { formOf } from './form.js';

/** `POST /oauth/par` (RFC 9126 §2): an authorization request by the client itself, and for it the name under which the person brings it. */
export function parController(server: FastifyInstance, pushAuthorization: PushAuthorization): void {
  server.post('/oauth/par', async (request, reply) => {
    const form = formOf(request);
    // "The request_uri authorization request parameter is one exception, and it MUST NOT be provided" (§2.1).
    if (form.has('request_uri')) throw new InvalidRequest('request_uri cannot be pushed');
    const { requestUri, expiresIn } = await pushAuthorization.execute({ ...clientCredentials(request, form), from: request.ip }, authorizeInput(form));
    return reply.code(201).header('Cache-Control', 'no-store').send({ request_uri: requestUri, expires_in: expiresIn });
  });
}
