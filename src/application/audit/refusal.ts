import { Answer, InvalidClient, InvalidGrant, InvalidInput, OAuthError, TemporarilyUnavailable, UnauthorizedClient, UsedAgain } from '../../domain/errors.js';
import type { AuditOutcome } from '../ports/audit-trail.js';

export interface Refusal {
  readonly outcome: AuditOutcome;
  readonly reason: string;
  readonly grantId?: string;
}

/** Their words are ours. Those of the others repeat what was asked for, which may be a secret. */
const inOurWords = [InvalidGrant, InvalidClient, UnauthorizedClient];

/** What an error says of the call that threw it. Of input only the fields are named, and of what nobody foresaw only the kind: what is in them may be a secret. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof UsedAgain) return { outcome: error.how, reason: error.message, grantId: error.grantId };
  if (error instanceof TemporarilyUnavailable) return { outcome: 'failed', reason: error.code };
  if (error instanceof OAuthError) {
    const words = inOurWords.some((kind) => error instanceof kind) ? `: ${error.message}` : '';
    return { outcome: 'refused', reason: error.code + words };
  }
  if (error instanceof InvalidInput) return { outcome: 'refused', reason: `invalid: ${error.problems.map(({ field }) => field).join(', ')}` };
  if (error instanceof Answer) return { outcome: 'refused', reason: error.message };
  return { outcome: 'failed', reason: error instanceof Error ? error.name : 'unknown' };
}
