import type { FastifyRequest } from 'fastify';

/** The pages of this server that one may be sent to after signing in; anything else could be a way out to another site. */
const ownPage = /^\/(?:clients|connected-apps|account|admin)(?:\/[A-Za-z0-9_-]+)*$/;

/** Where to sign in so as to come back to the page that was asked for. */
export function signInAddress({ url }: FastifyRequest): string {
  const path = url.split('?', 1)[0] as string;
  return ownPage.test(path) ? `/sign-in?next=${encodeURIComponent(path)}` : '/sign-in';
}

/** The page to open after signing in; the start page unless `next` is one of ours. */
export function pageAfterSignIn(next: string | null): string {
  return next !== null && ownPage.test(next) ? next : '/';
}
