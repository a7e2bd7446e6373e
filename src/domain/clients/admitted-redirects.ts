import { isLoopback } from '../loopback.js';
import { isAdmitted, metadataUriProblem } from './metadata-uri.js';

/**
 * Where people may be sent back to by clients that register themselves: anywhere, or to `loopback` (this device, any port), to schemes (`cursor:`) and, over
 * https and without a query, to hosts or to folders of theirs that end with `/`.
 */
export type AdmittedRedirects = 'any' | readonly string[];

export function isAdmittedRedirect(redirectUri: string, admitted: AdmittedRedirects): boolean {
  if (admitted === 'any') return true;
  const { protocol, hostname, search } = new URL(redirectUri);
  if (protocol === 'http:') return admitted.includes('loopback') && isLoopback({ hostname });
  if (protocol !== 'https:') return admitted.includes(protocol);
  // A query would say something to a site that has not chosen it: where to send people on, say, or a code of somebody else's.
  if (search !== '') return false;
  // Written as a URL parser does, and without what hides a dot segment, it leads to where it says.
  const places = admitted.filter((entry) => entry !== 'loopback');
  return metadataUriProblem(redirectUri) === null && isAdmitted(redirectUri, places);
}
