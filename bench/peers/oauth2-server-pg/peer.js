/** Express with @node-oauth/oauth2-server, on tables of its own through `pg`. */
export const paths = { token: '/oauth/token', me: '/oauth/me' };
export const missing = { introspection: 'the library has no introspection' };
