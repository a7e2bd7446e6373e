import type { FastifyRequest } from 'fastify';
import type { AskedFor, Destination } from '../../application/identities/upstream-errand.js';
import { longestClientId } from '../../domain/clients/longest-client-id.js';
import { isUuid } from '../../domain/is-uuid.js';
import { queryOf } from '../http/form.js';

/** The id of a client as a part of a path; of one that describes itself a character may take three. */
const clientId = `(?:https?%3A%2F%2F[A-Za-z0-9_.!~*'()%-]{1,${3 * longestClientId}}|[A-Za-z0-9_-]{1,${longestClientId}})`;

/** The pages of this server that one may be sent to after signing in; anything else could be a way out to another site. */
const ownPage = new RegExp(`^/(?:clients|connected-apps|account|admin)(?:/${clientId})?(?:/[A-Za-z0-9_-]{1,100}){0,4}$`);

/**
 * Where to sign in so as to come back to the page that was asked for. Whose form led here sees the page there: a form of ours may not end at another site.
 */
export function signInAddress({ url, method }: FastifyRequest): string {
  const path = url.split('?', 1)[0] as string;
  const next = ownPage.test(path) ? `next=${encodeURIComponent(path)}` : null;
  const query = [next, method === 'POST' ? 'other=1' : null].filter((part) => part !== null);
  return query.length === 0 ? '/sign-in' : `/sign-in?${query.join('&')}`;
}

/** The page to open after signing in; the start page unless `next` is one of ours. */
function pageAfterSignIn(next: string | null): string {
  return next !== null && ownPage.test(next) ? next : '/';
}

/** The sign-in page, or with `path` another address of signing in, for somebody who was going somewhere. */
export function signInPath({ requestId, next }: Destination, path = '/sign-in', asked: AskedFor = null): string {
  const query = [
    ...(requestId !== null ? [`request=${encodeURIComponent(requestId)}`] : next !== null ? [`next=${encodeURIComponent(next)}`] : []),
    ...(asked === null ? [] : [asked === 'again' ? 'again=yes' : 'other=1']),
  ];
  return query.length === 0 ? path : `${path}?${query.join('&')}`;
}

/** By the query of the address at which somebody signs in. */
export function askedFor(request: FastifyRequest): AskedFor {
  if (queryOf(request).one('again') === 'yes') return 'again';
  return queryOf(request).one('other') === null ? null : 'other';
}

/** Where somebody goes on who has just signed in. */
export function afterSignIn({ requestId, next }: Destination): string {
  return requestId === null ? pageAfterSignIn(next) : `/consent/${encodeURIComponent(requestId)}`;
}

/** Where the person was going, by the query of the address at which they sign in. What is no request and no page of ours is nowhere: it would be kept for a stranger. */
export function destinationOf(request: FastifyRequest): Destination {
  const [requestId, next] = [queryOf(request).one('request'), queryOf(request).one('next')];
  return { requestId: isUuid(requestId) ? requestId : null, next: next !== null && ownPage.test(next) ? next : null };
}
