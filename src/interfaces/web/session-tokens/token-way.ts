import type { SessionTokenIssuer } from '../../../application/ports/session-token-issuer.js';

/** How the session tokens of one issuer reach this server. */
export interface TokenWay {
  readonly issuer: SessionTokenIssuer;
  /** The cookie in which the browser sends the token along; `null`: it does not. */
  readonly cookie: string | null;
  /** The origins whose pages may post the token. */
  readonly origins: readonly string[];
  /** The team's own sign-in page; `null`: people find it themselves. */
  readonly loginUri: string | null;
  /** The parameter in which that page learns where to go afterwards. */
  readonly returnParameter: string;
}

/** The team's own sign-in page, told to come back to `returnTo`. */
export function loginHref({ loginUri, returnParameter }: TokenWay, returnTo: string): string | null {
  if (loginUri === null) return null;
  const url = new URL(loginUri);
  url.searchParams.set(returnParameter, returnTo);
  return url.href;
}
