/** Express with @node-oauth/oauth2-server, on Prisma as its tutorials use it: a model, its relations, one call of the client for each step. */
export const paths = { token: '/oauth/token', me: '/oauth/me' };
export const missing = { introspection: 'the library has no introspection' };
/** Made from `schema.prisma` after installing. */
export const generated = 'generated';
