import { isApiScope } from '../api-scope.js';
import type { Problem } from '../errors.js';
import { personScopes } from '../person-scope.js';
import { isScopeToken, type ScopeCatalogue } from '../scope.js';
import { isResourceIndicator } from './resource.js';
import type { ResourceServerSettings } from './resource-server.js';

const mostScopes = 100;

/** Those that mean something to this server or to a protocol, and can belong to no resource server. */
const reserved = new Set(['default', ...personScopes]);

/** What is wrong with the name of a resource; empty when it can be registered. */
export function identifierProblems(identifier: string, issuer: string): Problem[] {
  const field = 'identifier';
  if (!isResourceIndicator(identifier)) return [{ field, message: 'must be an absolute URI without a fragment, such as https://api.example.com' }];
  // This server takes tokens too (its API, /oauth/me): a token made for another must not pass for one made for it.
  if (identifier === issuer || identifier.startsWith(`${issuer}/`)) return [{ field, message: 'is an address of this server itself' }];
  return [];
}

/** Everything wrong with a resource server's settings, each at its field. `catalogue`: the scopes of this server's own. */
export function resourceServerProblems({ name, scopes }: ResourceServerSettings, catalogue: ScopeCatalogue): Problem[] {
  const problems: Problem[] = [];
  if (name.trim() === '') problems.push({ field: 'name', message: 'give it a name by which administrators know it' });
  if (name.length > 100) problems.push({ field: 'name', message: 'is longer than 100 characters' });
  if (/\p{Cc}/u.test(name)) problems.push({ field: 'name', message: 'has a control character' });
  if (scopes.length > mostScopes) problems.push({ field: 'scopes', message: `are more than ${mostScopes}` });
  const own = new Set(catalogue.map((entry) => entry.name));
  const seen = new Set<string>();
  for (const { name: scope, sentence } of scopes) {
    const problem = scopeProblem(scope, sentence, own.has(scope) || reserved.has(scope) || isApiScope(scope), seen.has(scope));
    if (problem !== null) problems.push({ field: 'scopes', message: `${JSON.stringify(scope.slice(0, 100))} ${problem}` });
    seen.add(scope);
  }
  return problems;
}

function scopeProblem(scope: string, sentence: string, taken: boolean, twice: boolean): string | null {
  if (!isScopeToken(scope) || scope.length > 100) return 'is no scope: up to 100 visible characters other than " and \\';
  if (taken) return 'is a scope of this server itself';
  if (twice) return 'is there twice';
  if (sentence.trim() === '') return 'needs the sentence that people read when they are asked';
  if (sentence.length > 200) return 'has a sentence of more than 200 characters';
  return /\p{Cc}/u.test(sentence) ? 'has a control character in its sentence' : null;
}
