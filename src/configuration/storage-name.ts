/**
 * `redis` keeps codes and tokens there and the rest in PostgreSQL; `memory` forgets everything when the process ends; a path names a module of the team's own,
 * which exports `createStorage`.
 */
export type StorageName = 'postgresql' | 'redis' | 'memory' | `.${string}` | `/${string}`;

const isPath = (text: string) => /^\.{0,2}\/.+/.test(text);

/** Where a store can be: an address of PostgreSQL or Redis, or the path of a module. */
export function isStorePlace(text: string): boolean {
  return isPath(text) || (/^(postgres(ql)?|rediss?|unix):\/\//.test(text) && isReadable(text));
}

/** What is said of an address that is not readable: its password is part of it, and is not shown. */
export const unreadable = 'cannot be read as an address: in its password % must be written %25, # %23, / %2F, ? %3F, @ %40 and : %3A';

/**
 * Can the address of a store be read, and does it mean what was meant? An unescaped `#`, `/` or `?` in a password ends the host before it began. A path of a module
 * is no address.
 */
export function isReadable(text: string): boolean {
  if (isPath(text)) return true;
  if (text.startsWith('unix:')) return isDecodable(socket.exec(text)?.[1]);
  if (!URL.canParse(text)) return false;
  const { username, password, pathname, search, searchParams, hash } = new URL(text);
  const isHostEarly = username + password === '' && search.includes('@') && !searchParams.has('user');
  return hash === '' && !pathname.includes('@') && !isHostEarly && isDecodable(username + password);
}

/** The address of a socket, as its driver reads it; first, what stands before the path. */
const socket = /^unix:\/\/((?:[^:@/]*(?::[^@/]*)?@)?)\/[^?#]+(?:\?[^#]*)?$/;

function isDecodable(text: string | undefined): boolean {
  if (text === undefined) return false;
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
