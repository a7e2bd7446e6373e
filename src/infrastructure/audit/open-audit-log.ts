import { AuditLog, type AuditPlace } from './audit-log.js';

/** The trail that was chosen; `null`: none. That it cannot be written is told on stderr. Throws `AuditLogError`. */
export function openAuditLog(place: AuditPlace | null): AuditLog | null {
  return place && new AuditLog(place, (error) => void process.stderr.write(`the audit trail cannot be written: ${error.message}\n`));
}
