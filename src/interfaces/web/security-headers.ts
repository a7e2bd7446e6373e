import type { FastifyReply } from 'fastify';

// No picture of a stranger's: its host would learn who looks at the page, and when.
const policy = "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'";

const fixed = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  // With no-referrer, browsers would post our own forms with `Origin: null`.
  'Referrer-Policy': 'same-origin',
};

/** What one page may do beyond the others. */
export interface PagePolicy {
  /** Where the forms on this page may end besides here: a client's redirect URI, a provider. */
  readonly leadsTo?: readonly string[] | undefined;
  /** It may run scripts of ours. */
  readonly script?: boolean | undefined;
}

/**
 * Sets the headers of every page. `https`: also tell browsers to stay on it. Chromium applies `form-action` to every redirect that follows a submission,
 * at the client's own site too, so https and the schemes of where they lead are allowed.
 */
export function setSecurityHeaders(reply: FastifyReply, https: boolean, { leadsTo = [], script = false }: PagePolicy = {}): void {
  const targets = ["'self'", ...leadsTo.flatMap((uri) => ['https:', new URL(uri).protocol])];
  reply.headers(fixed).header('Content-Security-Policy', `${policy}${script ? "; script-src 'self'" : ''}; form-action ${[...new Set(targets)].join(' ')}`);
  if (https) reply.header('Strict-Transport-Security', 'max-age=31536000');
}
