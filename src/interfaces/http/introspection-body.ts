import type { TokenRefusal } from '../../application/tokens/authenticate.js';
import type { Introspection } from '../../application/tokens/introspect-token.js';

/**
 * The answer of RFC 7662 §2.2. Beside its members: `grant_id`, the grant that the token descends from, so that whoever keeps the answer can drop it when
 * that grant is revoked; and for a resource server, why a token is not active.
 */
export function introspectionBody(introspection: Introspection, issuer: string): Record<string, unknown> {
  if (!introspection.active) return { active: false, ...(introspection.refusal && reasonOf(introspection.refusal)) };
  const { token } = introspection;
  const user = introspection.kind === 'access_token' ? introspection.user : null;
  return {
    active: true,
    scope: token.scopes.join(' '),
    client_id: token.clientId,
    ...(user && { username: user.username }),
    token_type: introspection.kind === 'access_token' ? 'Bearer' : 'refresh_token',
    exp: seconds(token.expiresAt),
    iat: seconds(token.issuedAt),
    // RFC 9470 §6.2; `acr` is not known.
    ...(token.authenticatedAt && { auth_time: seconds(token.authenticatedAt) }),
    // A token without a user acts for its client (RFC 9068 §2.2).
    sub: token.userId ?? token.clientId,
    ...(token.resources.length > 0 && { aud: token.resources.length === 1 ? token.resources[0] : token.resources }),
    iss: issuer,
    // What the revocation feed names this token and its grant by.
    ...(introspection.kind === 'access_token' && { jti: token.id, ...(token.grantId !== null && { grant_id: token.grantId }) }),
  };
}

/** `reason`, and with `revoked` its `cause`, with `insufficient_scope` the scopes that are `missing`. "Other members" (RFC 7662 §2.2) are allowed. */
function reasonOf(refusal: TokenRefusal): Record<string, unknown> {
  if (refusal.reason === 'revoked') return { reason: refusal.reason, cause: refusal.cause };
  if (refusal.reason === 'insufficient_scope') return { reason: refusal.reason, missing: refusal.missing.join(' ') };
  return { reason: refusal.reason };
}

/** Seconds since 1970-01-01T00:00:00Z (RFC 7519 §2, NumericDate). */
function seconds(moment: Date): number {
  return Math.floor(moment.getTime() / 1000);
}
