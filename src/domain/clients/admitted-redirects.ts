import { isLoopback } from '../loopback.js';
import { type Admitted, addressProblem, isAdmitted } from './places.js';

/**
 * May a client that registers itself send people back to this address? `admitted`: anywhere, or to `loopback` (this device, any port), to schemes (`cursor:`) and,
 * over https and without a query, to places.
 */
export function isAdmittedRedirect(redirectUri: string, admitted: Admitted): boolean {
  if (admitted === 'any') return true;
  const { protocol, hostname, search } = new URL(redirectUri);
  if (protocol === 'http:') return admitted.includes('loopback') && isLoopback({ hostname });
  if (protocol !== 'https:') return admitted.includes(protocol);
  // A query would say something to a site that has not chosen it: where to send people on, say, or a code of somebody else's.
  if (search !== '') return false;
  const places = admitted.filter((entry) => entry !== 'loopback');
  return addressProblem(redirectUri) === null && isAdmitted(redirectUri, places);
}
