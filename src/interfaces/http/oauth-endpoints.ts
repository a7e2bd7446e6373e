import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import type { AuthorizeDevice } from '../../application/authorization/authorize-device.js';
import type { PushAuthorization } from '../../application/authorization/push-authorization.js';
import type { SelfRegister } from '../../application/clients/self-register.js';
import type { KeyRing } from '../../application/keys/key-ring.js';
import type { RequestMetrics } from '../../application/ports/request-metrics.js';
import type { AuthenticateResourceServer } from '../../application/resources/authenticate-resource-server.js';
import type { FollowRevocations } from '../../application/revocations/follow-revocations.js';
import type { WatchCredentials } from '../../application/revocations/watch-credentials.js';
import type { Authenticate } from '../../application/tokens/authenticate.js';
import type { AuthenticateClient } from '../../application/tokens/authenticate-client.js';
import type { IntrospectToken } from '../../application/tokens/introspect-token.js';
import type { RevokeToken } from '../../application/tokens/revoke-token.js';
import type { ScopeCatalogue } from '../../domain/scope.js';
import type { TokenEndpoint } from '../oauth2/token-endpoint.js';
import { anyOrigin, exposedHeaders, readableByAnyOrigin } from './any-origin.js';
import { deviceAuthorizationController } from './device-authorization-controller.js';
import { healthController } from './health-controller.js';
import { introspectController } from './introspect-controller.js';
import { jwksController } from './jwks-controller.js';
import type { KnownRoutes } from './known-routes.js';
import { meController } from './me-controller.js';
import { metadataController } from './metadata-controller.js';
import { replyWithOAuthError } from './oauth-error-reply.js';
import { parController } from './par-controller.js';
import { registerController } from './register-controller.js';
import { revocationsController } from './revocations/revocations-controller.js';
import { revokeController } from './revoke-controller.js';
import { tokenController } from './token-controller.js';

export interface OAuthEndpoints {
  readonly issuer: string;
  readonly catalogue: ScopeCatalogue;
  /** Whether clients may describe themselves (Client ID Metadata Document). */
  readonly clientMetadata: boolean;
  /** `null`: none may register itself. */
  readonly selfRegister: SelfRegister | null;
  readonly pushAuthorization: PushAuthorization;
  readonly authorizeDevice: AuthorizeDevice;
  readonly tokenEndpoint: TokenEndpoint;
  readonly authenticate: Authenticate;
  readonly authenticateClient: AuthenticateClient;
  readonly authenticateResourceServer: AuthenticateResourceServer;
  readonly introspectToken: IntrospectToken;
  readonly keyRing: KeyRing;
  readonly revokeToken: RevokeToken;
  readonly followRevocations: FollowRevocations;
  readonly watchCredentials: WatchCredentials;
  readonly ready: () => Promise<void>;
  readonly metrics?: RequestMetrics | undefined;
}

/** The endpoints that programs call: form in, JSON out, errors in the vocabulary of the RFCs. */
export async function oauthEndpoints(server: FastifyInstance, routes: KnownRoutes, endpoints: OAuthEndpoints): Promise<void> {
  const { issuer, authenticate, authenticateClient } = endpoints;
  server.setErrorHandler(replyWithOAuthError);
  await allowCrossOrigin(server, routes);

  parController(server, endpoints.pushAuthorization);
  deviceAuthorizationController(server, endpoints.authorizeDevice, issuer);
  tokenController(server, endpoints.tokenEndpoint, endpoints.metrics);
  meController(server, authenticate, issuer);
  revokeController(server, authenticateClient, endpoints.revokeToken);
  introspectController(server, endpoints);
  jwksController(server, endpoints.keyRing);
  revocationsController(server, endpoints, endpoints.followRevocations);
  metadataController(server, { ...endpoints, selfRegistration: endpoints.selfRegister !== null });
  if (endpoints.selfRegister) await registerController(server, endpoints.selfRegister);
  healthController(server, endpoints.ready);
}

/** Single-page apps call from their own origin. No cookie counts here, so any origin may (RFC 9700 §2.6 asks for none at /authorize only). */
async function allowCrossOrigin(server: FastifyInstance, routes: KnownRoutes): Promise<void> {
  server.addHook('onRequest', (request, reply, done) => {
    if (request.method !== 'OPTIONS') return done();
    const route = routes.at(request);
    if (route) reply.header('Allow', [...route.methods].join(', '));
    // The plugin takes the OPTIONS of every address, also of the pages and of those that are not there.
    if (route?.callers === 'clients') return done();
    reply.callNotFound();
  });
  // What answers a GET may be kept by a cache and shown to a page later. What answers a POST may not, and it is mostly sent by programs: the plugin would
  // cost each of them 2 to 8 microseconds of 60 to 70 (ADR 0023).
  server.addHook('onRoute', (route) => {
    if (route.method === 'POST') route.config = { ...route.config, cors: false };
  });
  server.addHook('onRequest', (request, reply, done) => {
    if (request.method === 'POST' && request.headers.origin !== undefined) readableByAnyOrigin(reply);
    done();
  });
  await server.register(cors, { origin: anyOrigin, methods: 'GET, POST', exposedHeaders, maxAge: 86_400, strictPreflight: false });
}
