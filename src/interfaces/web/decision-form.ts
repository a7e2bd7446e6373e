import type { FastifyRequest } from 'fastify';
import type { DecideAuthorizationInput } from '../../application/authorization/decide-authorization.js';
import { timeLimits } from '../../domain/authorization/time-limit.js';
import { InvalidRequest } from '../../domain/errors.js';
import { scopesBeyond } from '../../domain/scope.js';
import { formOf } from '../http/form.js';

/** What the consent page posts: `shown` names every scope on it, `optional` the scopes that had a box, `scope` those whose box was left ticked. */
export function decisionForm(request: FastifyRequest): Pick<DecideAuthorizationInput, 'decision' | 'shown' | 'leaveOut' | 'timeLimit'> {
  const form = formOf(request, ['optional', 'scope']);
  const decision = form.required('decision');
  // A form without the button that was pressed decides nothing: a decision is final, also a no.
  if (decision !== 'allow' && decision !== 'deny') throw new InvalidRequest('decision must be allow or deny');
  const timeLimit = timeLimits.find((limit) => limit === (form.one('timeLimit') ?? 'none'));
  if (!timeLimit) throw new InvalidRequest(`timeLimit must be one of ${timeLimits.join(', ')}`);
  const shown = form.one('shown')?.split(' ') ?? null;
  return { decision, timeLimit, shown, leaveOut: scopesBeyond(form.all('optional'), form.all('scope')) };
}
