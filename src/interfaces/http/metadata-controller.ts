import type { FastifyInstance } from 'fastify';
import { grantTypes } from '../../domain/clients/client.js';
import type { ScopeCatalogue } from '../../domain/scope.js';

/** `GET /.well-known/oauth-authorization-server` (RFC 8414 §3). */
export function metadataController(server: FastifyInstance, issuer: string, catalogue: ScopeCatalogue): void {
  const metadata = {
    // Byte for byte what is sent as `iss` (RFC 9207 §2.3).
    issuer,
    authorization_endpoint: `${issuer}/oauth/authorize`,
    token_endpoint: `${issuer}/oauth/token`,
    revocation_endpoint: `${issuer}/oauth/revoke`,
    introspection_endpoint: `${issuer}/oauth/introspect`,
    scopes_supported: catalogue.map((scope) => scope.name),
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: grantTypes,
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
    revocation_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
    introspection_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
  };
  server.get('/.well-known/oauth-authorization-server', async (_request, reply) => reply.header('Cache-Control', 'public, max-age=300').send(metadata));
}
