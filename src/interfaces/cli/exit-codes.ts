/** What a script can rely on; the higher ones are those of sysexits.h. */
export const exitCodes = { ok: 0, refused: 1, usage: 2, internal: 70, unavailable: 75, configuration: 78 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export const exitCodeTable = `Exit codes:
  0   done
  1   refused: invalid, not found, or a check of doctor failed; one line for each reason
  2   wrong usage: an unknown command or flag, or one that is missing
  70  an error inside Keywright; please report it
  75  the store cannot be reached; try again
  78  the configuration is wrong, or DATA_DIR has no database or key yet`;

/** A failure whose exit code is known where it happens: whoever starts the command line throws it for what only they can tell. */
export class CommandFailure extends Error {
  constructor(
    message: string,
    readonly exitCode: ExitCode,
  ) {
    super(message);
    this.name = 'CommandFailure';
  }
}
