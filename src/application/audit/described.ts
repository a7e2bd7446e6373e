import type { AuditTrail } from '../ports/audit-trail.js';
import type { Clock } from '../ports/clock.js';
import type { Description, UseCase } from './description.js';
import { writeDown } from './write-down.js';

/** Has the calls of one made use case written down. */
export type Auditor = (made: unknown, trail: AuditTrail, clock: Clock) => void;

/** A use case by its class, and what has its calls written down. */
export type Described = readonly [useCase: unknown, auditor: Auditor];

type Class<Of> = abstract new (...args: never[]) => Of;

/** The parameters and the result are those of the use case, so that a description may leave out the last of them. */
export function described<Of extends { execute(...given: never[]): Promise<unknown> }>(
  useCase: Class<Of>,
  description: Description<Parameters<Of['execute']>, Awaited<ReturnType<Of['execute']>>>,
): Described;
export function described<Given extends unknown[], Result>(useCase: Class<UseCase<Given, Result>>, description: Description<Given, Result>): Described {
  const auditor: Auditor = (made, trail, clock) => {
    if (made instanceof useCase) writeDown(made, description, trail, clock);
  };
  return [useCase, auditor];
}
