import type { AuditOutcome, AuditSubjects, AuditTrail } from '../ports/audit-trail.js';
import type { Clock } from '../ports/clock.js';
import type { Action, Description } from './description.js';
import { refusalOf } from './refusal.js';

/**
 * The same use case, each call of which is written down when it has ended, before its caller is answered. Nothing else changes, neither the answer nor the error.
 */
export function audited<Of extends Action>(useCase: Of, { action, given, refused, came }: Description<Of>, trail: AuditTrail, clock: Clock): Of {
  const execute = useCase.execute.bind(useCase) as Action['execute'];
  const record = (outcome: AuditOutcome, subjects: AuditSubjects) => trail.record({ at: clock.now(), action, outcome, ...subjects });
  const audits = async (...args: Parameters<Of['execute']>) => {
    let result: Awaited<ReturnType<Of['execute']>>;
    try {
      result = (await execute(...args)) as typeof result;
    } catch (error) {
      const { outcome, ...why } = refusalOf(error);
      record(outcome, { ...given(...args), ...refused?.(error, ...args), ...why });
      throw error;
    }
    const told = came ? came(result, ...args) : {};
    if (told !== null) record(told.outcome ?? 'done', { ...given(...args), ...told });
    return result;
  };
  return Object.assign(useCase, { execute: audits });
}
