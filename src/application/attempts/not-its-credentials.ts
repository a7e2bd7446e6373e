import { TooManyAttempts, TooManyRequests } from '../../domain/errors.js';

/** What is thrown on where a client asked too often: one that is told that it failed to authenticate may forget who it is. */
export function notItsCredentials(error: unknown): never {
  throw error instanceof TooManyAttempts ? new TooManyRequests(error.retryAfter) : error;
}
