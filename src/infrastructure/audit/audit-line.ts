import type { AuditEvent } from '../../application/ports/audit-trail.js';

/** One event as a line of JSON; what is not known is left out. Names are those of introspection (RFC 7662) where it has one. */
export function auditLine({ at, action, outcome, reason, actor, from, method, scopes, ended, ...about }: AuditEvent): string {
  const { clientId, userId, grantId, tokenId, resourceServerId, secretId, sessionId, keyId, grantType } = about;
  return `${JSON.stringify({
    at,
    action,
    outcome,
    reason,
    actor,
    from: from ?? undefined,
    client_id: clientId,
    user_id: userId ?? undefined,
    grant_id: grantId ?? undefined,
    jti: tokenId,
    grant_type: grantType,
    scope: scopes?.join(' '),
    method,
    resource_server_id: resourceServerId,
    secret_id: secretId,
    session_id: sessionId,
    kid: keyId,
    ended,
  })}\n`;
}
