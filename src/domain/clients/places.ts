/** What some servers read as a dot segment or as the end of one and a URL parser does not: an encoded dot, slash, backslash or per cent, and `..;`. */
const hidden = /%(?:2e|2f|5c|25)|\/\.{1,2};/i;

/**
 * Why an address does not lead for everybody to where it says, `null` when it does. Addresses are compared as strings (RFC 3986 §6.2.1), so there must be one way to
 * write one: as a URL parser writes it, which also leaves no dot segment and an explicit path. None is hidden in it either: it would lead out of an admitted folder.
 */
export function addressProblem(uri: string): string | null {
  if (!URL.canParse(uri) || new URL(uri).href !== uri) return 'is not an address in its normal form';
  const url = new URL(uri);
  if (url.username !== '' || url.password !== '') return 'must not carry a user name or password';
  if (hidden.test(url.pathname)) return 'must not have an encoded dot, slash, backslash or per cent, or a dot segment with a parameter (..;), in its path';
  if (uri.includes('#')) return 'must not have a fragment (#…)';
  return null;
}

/**
 * Where others may be: anywhere, or at places over https: a host (`example.com`, with its port where it has one), a folder, which ends with `/` (`example.com/apps/`), or
 * one address (`example.com/app`).
 */
export type Admitted = 'any' | readonly string[];

/** Whether anybody is let in. */
export function admitsSome(admitted: Admitted): boolean {
  return admitted === 'any' || admitted.length > 0;
}

/** Whether an address with which nothing is wrong (`addressProblem`) is at one of them. */
export function isAdmitted(uri: string, admitted: Admitted): boolean {
  if (admitted === 'any') return true;
  const place = uri.slice(uri.indexOf('://') + '://'.length);
  return admitted.some((entry) => {
    if (!entry.includes('/')) return place.startsWith(`${entry}/`);
    return entry.endsWith('/') ? place.startsWith(entry) : place === entry;
  });
}

/** Could anything be at this place? A URL parser takes `*` for a letter: whoever writes `*.example.com` would admit nobody. */
export function isPlace(entry: string): boolean {
  const uri = `https://${entry}${entry.includes('/') ? '' : '/'}`;
  return addressProblem(uri) === null && new URL(uri).search === '' && !/[*?]/.test(uri);
}
