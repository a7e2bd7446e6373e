import { NotFound } from '../../domain/errors.js';

/** For a session that somebody wants to end: it ended meanwhile, as was wanted; that it never was there nobody need know. */
export function endedAlready(error: unknown): void {
  if (!(error instanceof NotFound)) throw error;
}
