import { CommandFailure, exitCodes } from './exit-codes.js';

/**
 * What a command does where DATA_DIR has no database or no key yet. Only one that can do its work on an empty server, because it makes somebody or something new,
 * may make them; to any other, a mistyped DATA_DIR would pass for an empty server, and what it seals under another key nobody could open.
 */
export type IfNotMade = 'refuse' | 'make';

const advice = "is DATA_DIR the server's? keywright serve makes one";

/** A command was refused because of that. It is a wrong configuration and not a store that is away, because trying again makes nothing. */
export class RefusedWhereNotMade extends CommandFailure {
  readonly advice = advice;

  /** @param reason what there is none of, and where */
  constructor(readonly reason: string) {
    super(`${reason}; ${advice}`, exitCodes.configuration);
  }
}
