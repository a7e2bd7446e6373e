export interface Endpoint {
  readonly method: string;
  readonly path: string;
  readonly purpose: string;
  readonly specification: string;
}

/** What a developer finds at this server, in the order in which a client meets it. */
export const endpoints: readonly Endpoint[] = [
  { method: 'GET', path: '/.well-known/oauth-authorization-server', purpose: 'Describes this server to clients', specification: 'RFC 8414' },
  { method: 'POST', path: '/oauth/par', purpose: 'Takes an authorization request from the client itself', specification: 'RFC 9126' },
  { method: 'GET', path: '/oauth/authorize', purpose: 'Asks a person for access, with PKCE (S256)', specification: 'RFC 6749, 7636' },
  { method: 'POST', path: '/oauth/device_authorization', purpose: 'Gives a device without a browser a code to show', specification: 'RFC 8628' },
  { method: 'POST', path: '/oauth/token', purpose: 'Issues and refreshes tokens', specification: 'RFC 6749' },
  { method: 'GET', path: '/oauth/me', purpose: 'Says whom an access token acts for', specification: 'RFC 6750' },
  { method: 'POST', path: '/oauth/revoke', purpose: 'Ends a token', specification: 'RFC 7009' },
  { method: 'POST', path: '/oauth/introspect', purpose: 'Tells a service whether a token is good', specification: 'RFC 7662' },
];
