/**
 * `redis` keeps codes and tokens there and the rest in PostgreSQL; `memory` forgets everything when the process ends; a path names a module of the team's own,
 * which exports `createStorage`.
 */
export type StorageName = 'postgresql' | 'redis' | 'memory' | `.${string}` | `/${string}`;

/** Where a store can be: an address of PostgreSQL or Redis, or the path of a module. */
export function isStorePlace(text: string): boolean {
  return /^\.{0,2}\/.+/.test(text) || (/^(postgres(ql)?|rediss?|unix):\/\//.test(text) && URL.canParse(text));
}
