import { CommandFailure, exitCodes } from './exit-codes.js';

/** What a command does where DATA_DIR has no database yet. Only one that makes something may make that too: to any other, a mistyped DATA_DIR would pass for an empty server. */
export type WithoutDatabase = 'refuse' | 'make';

/** There is no database in the folder that DATA_DIR names. That is a wrong configuration and not a store that is away, because trying again makes none. */
export class NoDatabaseYet extends CommandFailure {
  readonly advice: string;

  constructor(readonly folder: string) {
    const advice = "is DATA_DIR the server's? keywright serve or keywright migrate makes one";
    super(`there is no database in ${folder}; ${advice}`, exitCodes.configuration);
    this.advice = advice;
  }
}
