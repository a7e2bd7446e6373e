import type { AuditOutcome, AuditSubjects } from '../ports/audit-trail.js';

/** A use case whose calls are written down. */
// biome-ignore lint/suspicious/noExplicitAny: any parameters, which the description of the same use case then has by their types
export type Action = { execute(...args: any[]): Promise<unknown> };

type Arguments<Of extends Action> = Parameters<Of['execute']>;
type Result<Of extends Action> = Awaited<ReturnType<Of['execute']>>;

/** What came of a call that threw nothing. */
export interface Came extends AuditSubjects {
  /** Where it was another than it mostly is. */
  readonly action?: string;
  /** `done` when left out. */
  readonly outcome?: AuditOutcome;
  readonly reason?: string;
}

/** How the calls of a use case are told in the audit trail. */
export interface Description<Of extends Action = Action> {
  /** What it does, as `thing.verb`. */
  readonly action: string;
  /** What is known of every call by what it was given. */
  readonly given: (...args: Arguments<Of>) => AuditSubjects;
  /** What is known besides of one that threw, by the error and by what it was given. */
  readonly refused?: (error: unknown, ...args: Arguments<Of>) => AuditSubjects;
  /** What is known of one that threw nothing; `null`: it is nothing to tell. Left out: it was done. */
  readonly came?: (result: Result<Of>, ...args: Arguments<Of>) => Came | null;
}

type Class<Of> = abstract new (...args: never[]) => Of;

/** A use case and how its calls are told. */
export type Described = readonly [useCase: Class<Action>, description: Description];

export function described<Of extends Action>(useCase: Class<Of>, description: Description<Of>): Described {
  return [useCase, description as Description];
}
