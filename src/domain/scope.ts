/** What a scope lets a client do, in one sentence that a person reads on the consent page. */
export interface ScopeEntry {
  readonly name: string;
  readonly sentence: string;
}

/** Every scope this server knows, in the order in which they are shown. */
export type ScopeCatalogue = readonly ScopeEntry[];

/** Scopes as they are shown, each once; one that is not in the catalogue, or no longer, comes last, with its name for a sentence. */
export function asShown(scopes: readonly string[], catalogue: ScopeCatalogue): ScopeEntry[] {
  const places = new Map(catalogue.map(({ name }, place) => [name, place]));
  const place = (name: string) => places.get(name) ?? catalogue.length;
  return [...new Set(scopes)].sort((one, other) => place(one) - place(other)).map((name) => catalogue[place(name)] ?? { name, sentence: name });
}

/** Taken when a client names no scope (RFC 6749 §3.3). */
const defaultScope = 'default';

/** scope-token = 1*( %x21 / %x23-5B / %x5D-7E ) (RFC 6749 §3.3). */
const scopeToken = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

export function isScopeToken(text: string): boolean {
  return scopeToken.test(text);
}

/** Splits a `scope` parameter into its tokens, each once; `null` when a token has a character that RFC 6749 §3.3 does not allow. */
export function parseScope(text: string): string[] | null {
  const tokens = [...new Set(text.split(' ').filter((token) => token !== ''))];
  return tokens.every(isScopeToken) ? tokens : null;
}

/** Those of `requested` that are not among `allowed`. */
export function scopesBeyond(requested: readonly string[], allowed: readonly string[]): string[] {
  return requested.filter((scope) => !allowed.includes(scope));
}

/** Those of `scopes` that are among `allowed`. */
export function scopesWithin(scopes: readonly string[], allowed: readonly string[]): readonly string[] {
  return scopes.filter((scope) => allowed.includes(scope));
}

/** What a client gets that names no scope: the default one if it may have it, else all it is allowed (RFC 6749 §3.3). */
export function scopesWhenNoneNamed(allowed: readonly string[]): readonly string[] {
  return allowed.includes(defaultScope) ? [defaultScope] : allowed;
}

/** Are the same in both lists, in whatever order? */
export function sameMembers(one: readonly string[], other: readonly string[]): boolean {
  return scopesBeyond(one, other).length === 0 && scopesBeyond(other, one).length === 0;
}

/** All scopes of either list, each once. */
export function unionOf(one: readonly string[], other: readonly string[]): string[] {
  return [...new Set([...one, ...other])];
}
