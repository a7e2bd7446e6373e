import OAuth2Strategy, { type Options } from 'passport-oauth2';
import { basic } from '../support/oauth.js';
import { journey, type Tokens, type Variant } from './journey.js';

/** What Passport makes of a request: it hands the strategy a request with a session and waits for one of its verdicts. */
function authenticated(strategy: OAuth2Strategy, request: object): Promise<{ redirect: string } | { user: unknown }> {
  return new Promise((resolve, reject) => {
    const run: OAuth2Strategy = Object.create(strategy);
    run.redirect = (redirect) => resolve({ redirect });
    run.success = (user) => resolve({ user });
    run.fail = (challenge) => reject(new Error(`refused: ${JSON.stringify(challenge)}`));
    run.error = reject;
    run.authenticate(request);
  });
}

const variant = (name: string, type: 'confidential' | 'public', more: (id: string, secret: string) => Partial<Options>): Variant<Tokens> => ({
  name,
  type,
  connect: async ({ issuer, callback, client: { id, secret } }) => {
    const options = {
      authorizationURL: `${issuer}/oauth/authorize`,
      tokenURL: `${issuer}/oauth/token`,
      clientID: id,
      callbackURL: callback,
      scope: ['default', 'email'],
      state: true,
      pkce: true,
      ...more(id, secret),
    };
    const strategy = new OAuth2Strategy(options, (accessToken, refreshToken, _profile, done) => done(null, { accessToken, refreshToken }));
    strategy._oauth2.useAuthorizationHeaderforGET(true);
    const session = {};
    return {
      authorizationUrl: async () => {
        const verdict = await authenticated(strategy, { query: {}, session });
        return new URL('redirect' in verdict ? verdict.redirect : '');
      },
      exchange: async (back) => {
        const verdict = await authenticated(strategy, { query: Object.fromEntries(back.searchParams), session });
        return ('user' in verdict ? verdict.user : null) as Tokens;
      },
      me: ({ accessToken }) =>
        new Promise((resolve) => {
          strategy._oauth2.get(`${issuer}/oauth/me`, accessToken, (error, body) =>
            resolve(error ? { status: error.statusCode, body: {} } : { status: 200, body: JSON.parse(body) as Record<string, unknown> }),
          );
        }),
      refresh: ({ refreshToken }) =>
        new Promise((resolve, reject) => {
          strategy._oauth2.getOAuthAccessToken(refreshToken, { grant_type: 'refresh_token' }, (error, access, refresh) =>
            error ? reject(new Error(error.data)) : resolve({ accessToken: access, refreshToken: refresh }),
          );
        }),
      // The library has no way to revoke; its applications post the form themselves.
      revoke: async ({ refreshToken }) => {
        const body = new URLSearchParams({ token: refreshToken, client_id: id, ...(secret !== '' && { client_secret: secret }) });
        const response = await fetch(`${issuer}/oauth/revoke`, { method: 'POST', body });
        if (!response.ok) throw new Error(await response.text());
      },
    };
  },
});

journey('passport-oauth2', [
  variant('confidential, in the body', 'confidential', (_, clientSecret) => ({ clientSecret })),
  variant('confidential, in the body and by Basic at once', 'confidential', (id, clientSecret) => ({
    clientSecret,
    customHeaders: { Authorization: basic(id, clientSecret).authorization ?? '' },
  })),
  variant('public', 'public', () => ({})),
]);
