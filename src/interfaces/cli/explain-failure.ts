import { reasonOf, StorageUnavailable } from '../../application/ports/storage-unavailable.js';
import { StoreMoved } from '../../application/ports/store-moved.js';
import { StoreUnfit } from '../../application/ports/store-unfit.js';
import { IntroducesItself, InvalidInput, LocalAccountsOff, NotFound, Outdated, type Problem } from '../../domain/errors.js';
import { CommandFailure, type ExitCode, exitCodes } from './exit-codes.js';

export interface Failure {
  readonly exitCode: ExitCode;
  /** What went wrong, a line each. */
  readonly lines: readonly string[];
}

/** The flag into which a field of the use cases was typed, where the two are called differently. */
const flagOf: Readonly<Record<string, string>> = {
  homepageUri: '--homepage',
  logoUri: '--logo',
  type: '--public',
  redirectUris: '--redirect-uri',
  grantTypes: '--grant',
  scopes: '--scope',
  optionalScopes: '--optional-scope',
  consent: '--skip-consent',
  refreshTokenIdleLifetime: '--refresh-idle-lifetime',
  refreshTokenAbsoluteLifetime: '--refresh-absolute-lifetime',
  accessTokenLifetime: '--access-token-lifetime',
  expiresAt: '--expires',
  identifier: '--identifier',
  tokenFormat: '--token-format',
  signingAlgorithm: '--signing-algorithm',
  secrets: 'secrets',
  token: 'token',
};

/** An error as the person at the terminal, or the script, is told. */
export function explainFailure(error: unknown): Failure {
  if (error instanceof Outdated || error instanceof LocalAccountsOff || error instanceof IntroducesItself)
    return { exitCode: exitCodes.refused, lines: error.problems.map(({ message }) => message) };
  if (error instanceof InvalidInput) return { exitCode: exitCodes.refused, lines: error.problems.map(lineOf) };
  if (error instanceof NotFound) return { exitCode: exitCodes.refused, lines: [error.message] };
  if (error instanceof CommandFailure) return { exitCode: error.exitCode, lines: error.message.split('\n') };
  if (error instanceof StoreUnfit) return { exitCode: exitCodes.configuration, lines: [error.message] };
  if (error instanceof StoreMoved) return { exitCode: exitCodes.configuration, lines: [`${error.message}${whatToDo(error)}`] };
  if (error instanceof StorageUnavailable) return { exitCode: exitCodes.unavailable, lines: [`${error.message}${causeOf(error)}${whatToDo(error)}`] };
  return { exitCode: exitCodes.internal, lines: [`unexpected: ${error instanceof Error ? error.message.replaceAll(/\s*\n\s*/g, ' ') : String(error)}`] };
}

function whatToDo({ advice }: StorageUnavailable): string {
  return advice === undefined ? '; try again, or ask: keywright doctor' : `: ${advice}`;
}

function lineOf({ field, message }: Problem): string {
  const place = flagOf[field] ?? `--${field}`;
  return place.startsWith('--') ? `${place}: ${message}` : `${place} ${message}`;
}

/** Why, in brackets, where the store said so. */
export function causeOf(error: Error): string {
  const reason = reasonOf(error);
  return reason ? ` (${reason.replaceAll(/\s*\n\s*/g, ' ')})` : '';
}
