import { InvalidScope } from '../../domain/errors.js';
import { parseScope } from '../../domain/scope.js';
import type { Parameters } from '../http/parameters.js';

/** The scopes a token request asks for; `null` when it names none. Throws `InvalidScope` (RFC 6749 §3.3). */
export function requestedScopes(parameters: Parameters): readonly string[] | null {
  const text = parameters.one('scope');
  if (text === null) return null;
  const scopes = parseScope(text);
  if (!scopes) throw new InvalidScope('scope has a character that is not allowed');
  return scopes.length > 0 ? scopes : null;
}
