import { InvalidClient, InvalidRequest, UnauthorizedClient } from '../../domain/errors.js';

/**
 * The engine wraps whatever we throw and would copy its message into the answer; this takes our own error out again, and turns the few that the
 * engine raises by itself into ours.
 */
export function ownError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if ('inner' in error && error.inner instanceof Error) return error.inner;
  switch (error.name) {
    case 'invalid_request':
      return new InvalidRequest('the token request is not a form-encoded POST');
    case 'invalid_client':
      return new InvalidClient('client authentication is missing');
    case 'unauthorized_client':
      return new UnauthorizedClient('this client may not use this grant_type');
    default:
      return error;
  }
}
