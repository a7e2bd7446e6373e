import type { AuditOutcome, AuditSubjects } from '../ports/audit-trail.js';

/** What has calls that can be written down. */
export interface UseCase<Given extends unknown[], Result> {
  execute(...given: Given): Promise<Result>;
}

/** What came of a call that threw nothing. */
export interface Came extends AuditSubjects {
  /** Where it was another than it mostly is. */
  readonly action?: string;
  /** `done` when left out. */
  readonly outcome?: AuditOutcome;
  readonly reason?: string;
}

/** How the calls of a use case are told in the audit trail. */
export interface Description<Given extends unknown[], Result> {
  /** What it does, as `thing.verb`. */
  readonly action: string;
  /** What is certain of every call by what it was given, whatever comes of it. */
  readonly given: (...given: Given) => AuditSubjects;
  /** What it named, told when it returned: until then it may be anything, such as a secret in place of an id. */
  readonly named?: (...given: Given) => AuditSubjects;
  /** What is known besides of one that threw, by the error and by what it was given; `null`: another one tells it. */
  readonly refused?: (error: unknown, ...given: Given) => AuditSubjects | null;
  /** What is known of one that threw nothing; `null`: it is nothing to tell. Left out: it was done. */
  readonly came?: (result: Result, ...given: Given) => Came | null;
}
