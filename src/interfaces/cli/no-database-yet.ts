import { CommandFailure, exitCodes } from './exit-codes.js';

/**
 * What a command does where DATA_DIR has no database yet. Only one that can do its work in an empty one, because it makes somebody or something new, may make it;
 * to any other, a mistyped DATA_DIR would pass for an empty server.
 */
export type IfNoDatabase = 'refuse' | 'make';

const advice = "is DATA_DIR the server's? keywright serve or keywright migrate makes one";

/** A command was refused because of that. It is a wrong configuration and not a store that is away, because trying again makes no database. */
export class NoDatabaseYet extends CommandFailure {
  readonly advice = advice;

  /** @param reason that there is none, and where */
  constructor(readonly reason: string) {
    super(`${reason}; ${advice}`, exitCodes.configuration);
  }
}
