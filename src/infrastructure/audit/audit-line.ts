import { isIP } from 'node:net';
import type { AuditEvent } from '../../application/ports/audit-trail.js';

/** One event as a line of JSON; what is not known is left out. Names are those of introspection (RFC 7662) where it has one. */
export function auditLine(event: AuditEvent): string {
  const line = {
    at: event.at,
    action: event.action,
    outcome: event.outcome,
    reason: event.reason,
    actor: event.actor,
    through: event.through,
    // A proxy that is trusted may hand on any text.
    from: isIP(event.from ?? '') > 0 ? event.from : undefined,
    client_id: event.clientId,
    user_id: event.userId ?? undefined,
    grant_id: event.grantId ?? undefined,
    jti: event.tokenId,
    refresh_token_id: event.refreshTokenId,
    grant_type: event.grantType,
    scope: event.scopes?.join(' '),
    method: event.method,
    resource_server_id: event.resourceServerId,
    secret_id: event.secretId,
    session_id: event.sessionId,
    kid: event.keyId,
    ended: event.ended,
  };
  return `${JSON.stringify(line)}\n`;
}
