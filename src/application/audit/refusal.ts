import { Answer, InvalidInput, OAuthError, TemporarilyUnavailable, UsedAgain } from '../../domain/errors.js';
import type { AuditOutcome } from '../ports/audit-trail.js';

export interface Refusal {
  readonly outcome: AuditOutcome;
  readonly reason: string;
  readonly grantId?: string;
}

/** What an error says of the call that threw it. Of input only the fields are named, and of what nobody foresaw only the kind: what is in them may be a secret. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof UsedAgain) return { outcome: error.how, reason: error.message, grantId: error.grantId };
  if (error instanceof TemporarilyUnavailable) return { outcome: 'failed', reason: error.code };
  if (error instanceof OAuthError) return { outcome: 'refused', reason: `${error.code}: ${error.message}` };
  if (error instanceof InvalidInput) return { outcome: 'refused', reason: `invalid: ${error.problems.map(({ field }) => field).join(', ')}` };
  if (error instanceof Answer) return { outcome: 'refused', reason: error.message };
  return { outcome: 'failed', reason: error instanceof Error ? error.name : 'unknown' };
}
