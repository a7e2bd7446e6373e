export const paths = { token: '/token', introspect: '/introspect' };
export const missing = { me: 'the library issues tokens and does not check them for a protected resource' };
