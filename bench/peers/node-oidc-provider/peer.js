export const paths = { token: '/token', introspect: '/token/introspection', me: '/me' };
export const missing = {};
