import type { FastifyInstance } from 'fastify';
import { isApiScope } from '../../domain/api-scope.js';
import { grantTypes } from '../../domain/clients/client.js';
import { signingAlgorithms } from '../../domain/resources/resource-server.js';
import type { ScopeCatalogue } from '../../domain/scope.js';

export interface PublishedMetadata {
  readonly issuer: string;
  readonly catalogue: ScopeCatalogue;
  /** Whether clients may describe themselves. */
  readonly clientMetadata: boolean;
  /** Whether clients may register themselves. */
  readonly selfRegistration: boolean;
}

/** `GET /.well-known/oauth-authorization-server` (RFC 8414 §3), and the same for clients that look where OpenID providers describe themselves. */
export function metadataController(server: FastifyInstance, { issuer, catalogue, clientMetadata, selfRegistration }: PublishedMetadata): void {
  const metadata = {
    // Byte for byte what is sent as `iss` (RFC 9207 §2.3).
    issuer,
    authorization_endpoint: `${issuer}/oauth/authorize`,
    // RFC 9126 §5.
    pushed_authorization_request_endpoint: `${issuer}/oauth/par`,
    // RFC 8628 §4.
    device_authorization_endpoint: `${issuer}/oauth/device_authorization`,
    token_endpoint: `${issuer}/oauth/token`,
    userinfo_endpoint: `${issuer}/oauth/me`,
    jwks_uri: `${issuer}/oauth/jwks`,
    // No registered name says this; "Additional authorization server metadata parameters MAY also be used" (RFC 8414 §2).
    access_token_signing_alg_values_supported: signingAlgorithms,
    // RFC 7591 §3; where clients do not register themselves there is none.
    ...(selfRegistration && { registration_endpoint: `${issuer}/oauth/register` }),
    revocation_endpoint: `${issuer}/oauth/revoke`,
    introspection_endpoint: `${issuer}/oauth/introspect`,
    // Our own: docs/revocation-feed.md.
    revocation_feed_endpoint: `${issuer}/oauth/revocations`,
    // "MAY choose not to advertise some supported scope values" (RFC 8414 §2): clients ask for all they see, and few may have those of our own API.
    scopes_supported: catalogue.map((scope) => scope.name).filter((name) => !isApiScope(name)),
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: grantTypes,
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
    revocation_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
    introspection_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
    // Client ID Metadata Document §5.
    client_id_metadata_document_supported: clientMetadata,
  };
  const publish = (path: string, document: object) =>
    server.get(path, async (_request, reply) => reply.header('Cache-Control', 'public, max-age=300').send(document));
  publish('/.well-known/oauth-authorization-server', metadata);
  // Where some clients look first, or only (RFC 8414 §5), and refuse what lacks a member that OpenID Connect Discovery §3 requires (ADR 0043).
  publish('/.well-known/openid-configuration', {
    ...metadata,
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: [],
    // Left out, it would say that requests may be at any address; they are pushed, and at no other.
    request_uri_parameter_supported: false,
  });
}
