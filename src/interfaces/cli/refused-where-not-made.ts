import { CommandFailure, exitCodes } from './exit-codes.js';

const advice = "is DATA_DIR the server's? keywright serve makes one";

/** A command was refused because DATA_DIR has no database or no key yet. That is a wrong configuration and not a store that is away, because trying again makes nothing. */
export class RefusedWhereNotMade extends CommandFailure {
  readonly advice = advice;

  /** @param reason what there is none of, and where */
  constructor(readonly reason: string) {
    super(`${reason}; ${advice}`, exitCodes.configuration);
  }
}
