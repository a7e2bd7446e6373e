import type { Client } from '../../domain/clients/client.js';
import { InvalidScope } from '../../domain/errors.js';
import { parseScope, scopesBeyond, scopesWhenNoneNamed } from '../../domain/scope.js';
import { scopesRefused } from '../tokens/scopes-refused.js';

/** The scopes that a client asks a person for, by `scope` as it was sent. Throws `InvalidScope` for what the client may not have. */
export function askedScopes(client: Client, requested: string | null): readonly string[] {
  const scopes = requested === null ? [] : parseScope(requested);
  if (scopes === null) throw new InvalidScope('scope has a character that is not allowed');
  const beyond = scopesBeyond(scopes, client.scopes);
  if (beyond.length > 0) throw scopesRefused(beyond);
  // RFC 6749 §3.3: "process the request using a pre-defined default value"
  return scopes.length > 0 ? scopes : scopesWhenNoneNamed(client.scopes);
}
