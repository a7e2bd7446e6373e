import { isUuid } from '../is-uuid.js';

/** Seconds in which a pushed authorization request must be opened ("5 and 600 seconds", RFC 9126 §2.2); for what comes then the person has as long as ever. */
export const pushedLifetime = 90;

const prefix = 'urn:ietf:params:oauth:request_uri:';

/** What names a pushed request where people are sent (RFC 9126 §2.2). The id is random; of a request that a browser brought, the person's pages have it in their address. */
export function requestUriOf(requestId: string): string {
  return prefix + requestId;
}

/** The id of the request that it names; `null` where it is none of ours. */
export function requestIdIn(requestUri: string): string | null {
  const id = requestUri.startsWith(prefix) ? requestUri.slice(prefix.length) : null;
  return isUuid(id) ? id : null;
}
