import { StorageUnavailable } from '../../application/ports/storage-unavailable.js';
import { StoreUnfit } from '../../application/ports/store-unfit.js';
import { CommandFailure } from './exit-codes.js';
import { causeOf } from './explain-failure.js';
import type { Finding } from './finding.js';
import { RefusedWhereNotMade } from './refused-where-not-made.js';

const toBeFound = 'start it, or correct where it is: STORAGE, DATABASE_URL, REDIS_URL, or DATA_DIR for the embedded one';

/** A setting, or what it names (a file, a module, a folder), as the reason says. */
const toBeCorrected = 'correct that, or the environment';

/** What a check found of a store that refused it. `otherwise`: what to do where the store does not say. */
export function unfitFinding(check: string, error: unknown, otherwise = toBeFound): Finding {
  if (error instanceof RefusedWhereNotMade || error instanceof StoreUnfit) return { check, ok: false, reason: error.reason, advice: error.advice ?? otherwise };
  const known = error instanceof StorageUnavailable ? error.advice : error instanceof CommandFailure ? toBeCorrected : undefined;
  return { check, ok: false, reason: messageOf(error), advice: known ?? otherwise };
}

/** In one line. */
export function messageOf(error: unknown): string {
  const because = error instanceof StorageUnavailable ? causeOf(error) : '';
  return ((error instanceof Error ? error.message : String(error)) + because).replaceAll(/\s*\n\s*/g, ' ');
}
