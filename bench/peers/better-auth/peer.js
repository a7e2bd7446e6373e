export const paths = { token: '/api/auth/oauth2/token', introspect: '/api/auth/oauth2/introspect', me: '/api/auth/oauth2/userinfo' };
export const missing = {};
