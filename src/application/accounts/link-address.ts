/**
 * Where a link leads. The token has to stand in an address, because mail can carry nothing else: it is good once and for a short while, the page that takes
 * it passes it on to a cookie at once, and it stands in the query, which this server's log leaves out.
 */
export function linkAddress(issuer: string, token: string): string {
  return `${issuer}/account-link?token=${token}`;
}
