import type { UnreachableIssuer } from '../application/clients/unreachable-issuer.js';

/** What is the matter and what to do, as the pages and the command line say it. */
export function unreachableText({ caller, issuer }: UnreachableIssuer): string {
  return `${caller} calls this server from the internet and cannot reach ${issuer}. Give the server a public https address first (ISSUER).`;
}
