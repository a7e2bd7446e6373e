import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AuthenticateResourceServer } from '../../application/resources/authenticate-resource-server.js';
import type { AuthenticateClient } from '../../application/tokens/authenticate-client.js';
import type { IntrospectionCaller, IntrospectToken } from '../../application/tokens/introspect-token.js';
import { InvalidClient, InvalidScope } from '../../domain/errors.js';
import { isResourceServerId } from '../../domain/resources/resource-server.js';
import { parseScope } from '../../domain/scope.js';
import { clientCredentials } from './client-credentials.js';
import { formOf } from './form.js';
import { introspectionBody } from './introspection-body.js';
import type { Parameters } from './parameters.js';

export interface IntrospectUseCases {
  readonly issuer: string;
  readonly authenticateClient: AuthenticateClient;
  readonly authenticateResourceServer: AuthenticateResourceServer;
  readonly introspectToken: IntrospectToken;
}

/** `POST /oauth/introspect` (RFC 7662 §2), for resource servers and for clients that can authenticate. */
export function introspectController(server: FastifyInstance, useCases: IntrospectUseCases): void {
  server.post('/oauth/introspect', async (request, reply) => {
    const form = formOf(request);
    const caller = await callerOf(request, form, useCases);
    // RFC 7662 §2.1 lets a resource say more about its context: `scope` says what it needs the token for.
    const scopes = parseScope(form.one('scope') ?? '');
    if (scopes === null) throw new InvalidScope('scope has a character that is not allowed');
    const introspection = await useCases.introspectToken.execute({ caller, token: form.required('token'), scopes });
    return reply.header('Cache-Control', 'no-store').send(introspectionBody(introspection, useCases.issuer));
  });
}

async function callerOf(request: FastifyRequest, form: Parameters, useCases: IntrospectUseCases): Promise<IntrospectionCaller> {
  const { clientId, secret } = clientCredentials(request, form);
  if (isResourceServerId(clientId)) {
    return { kind: 'resource_server', server: await useCases.authenticateResourceServer.execute({ id: clientId, secret, from: request.ip }) };
  }
  const client = await useCases.authenticateClient.execute({ clientId, secret, from: request.ip });
  // "To prevent token scanning attacks, the endpoint MUST also require some form of authorization" (RFC 7662 §2.1): an identifier alone is none.
  if (client.type === 'public') throw new InvalidClient('introspection needs a client that can authenticate');
  return { kind: 'client', client };
}
