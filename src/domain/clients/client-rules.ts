import { redirectUriProblem } from '../authorization/redirect-uri.js';
import type { Problem } from '../errors.js';
import type { ScopeEntry } from '../scope.js';
import { actsForPeople, type ClientSettings } from './client.js';

const longestLifetime = 10 * 365 * 24 * 3600;

/** Characters. */
export const longestName = 100;

export const mostRedirectUris = 50;

/** A scope that a client may be given. */
type Known = Pick<ScopeEntry, 'name'>;

/** Everything wrong with a client's settings, each at its field; empty when they can be saved. */
export function clientProblems(settings: ClientSettings, scopes: readonly Known[]): Problem[] {
  return [
    ...namingProblems(settings),
    ...redirectProblems(settings),
    ...scopeProblems(settings, scopes),
    ...policyProblems(settings),
    ...lifetimeProblems(settings),
  ];
}

function namingProblems({ name, description, homepageUri, logoUri }: ClientSettings): Problem[] {
  const problems: Problem[] = [];
  if (name.trim() === '') problems.push({ field: 'name', message: 'give the app a name that people will recognise' });
  if (name.length > longestName) problems.push({ field: 'name', message: `is longer than ${longestName} characters` });
  if (hasControlCharacter(name)) problems.push({ field: 'name', message: 'has a control character' });
  if (description !== null && description.length > 1000) problems.push({ field: 'description', message: 'is longer than 1,000 characters' });
  if (description?.includes('\0')) problems.push({ field: 'description', message: 'has a NUL character' });
  for (const [field, uri] of [
    ['homepageUri', homepageUri],
    ['logoUri', logoUri],
  ] as const) {
    if (uri !== null && !isWebAddress(uri)) problems.push({ field, message: 'must be a web address that starts with https://' });
  }
  return problems;
}

function redirectProblems({ redirectUris, grantTypes }: ClientSettings): Problem[] {
  const problems = redirectUris.flatMap((uri) => {
    const problem = redirectUriProblem(uri);
    return problem === null ? [] : [{ field: 'redirectUris', message: `${JSON.stringify(uri)} ${problem}` }];
  });
  if (redirectUris.length > mostRedirectUris) problems.push({ field: 'redirectUris', message: `are more than ${mostRedirectUris}` });
  if (grantTypes.includes('authorization_code') && redirectUris.length === 0) {
    problems.push({ field: 'redirectUris', message: 'add at least one: people are sent back there after they decide' });
  }
  return problems;
}

function scopeProblems({ scopes, optionalScopes }: ClientSettings, given: readonly Known[]): Problem[] {
  const known = new Set(given.map(({ name }) => name));
  const problems = scopes
    .filter((scope) => !known.has(scope))
    .map((scope) => ({ field: 'scopes', message: `${JSON.stringify(scope)} is not a scope of this server` }));
  if (scopes.length === 0) problems.push({ field: 'scopes', message: 'choose at least one' });
  for (const scope of optionalScopes) {
    if (!scopes.includes(scope)) problems.push({ field: 'optionalScopes', message: `${JSON.stringify(scope)} is not among the scopes of this client` });
  }
  return problems;
}

function policyProblems({ type, grantTypes, pkce, refresh }: ClientSettings): Problem[] {
  const problems: Problem[] = [];
  if (grantTypes.length === 0) problems.push({ field: 'grantTypes', message: 'choose at least one' });
  if (grantTypes.includes('refresh_token') && !actsForPeople({ grantTypes })) {
    problems.push({ field: 'grantTypes', message: "refresh_token goes with authorization_code or a device code: only a person's grant is refreshed" });
  }
  if (type === 'confidential') return problems;
  // RFC 6749 §4.4: "MUST only be used by confidential clients".
  if (grantTypes.includes('client_credentials')) problems.push({ field: 'grantTypes', message: 'client_credentials needs a confidential client' });
  // RFC 9700 §2.1.1: "Public clients MUST use PKCE".
  if (pkce !== 'required') problems.push({ field: 'pkce', message: 'a public client must use PKCE' });
  // RFC 9700 §2.2.2: "refresh tokens for public clients MUST be sender-constrained or use refresh token rotation".
  if (refresh !== 'rotate') problems.push({ field: 'refresh', message: 'a public client must rotate its refresh tokens' });
  return problems;
}

function lifetimeProblems(settings: ClientSettings): Problem[] {
  const problems: Problem[] = [];
  for (const field of ['accessTokenLifetime', 'refreshTokenIdleLifetime', 'refreshTokenAbsoluteLifetime'] as const) {
    const seconds = settings[field];
    if (seconds === null) continue;
    if (!Number.isInteger(seconds) || seconds < 60 || seconds > longestLifetime) problems.push({ field, message: 'must be between 60 seconds and ten years' });
  }
  return problems;
}

export function isWebAddress(uri: string): boolean {
  return uri.length <= 2000 && /^https?:\/\/[\x21-\x7e]+$/i.test(uri) && URL.canParse(uri);
}

export function hasControlCharacter(text: string): boolean {
  return /\p{Cc}/u.test(text);
}
