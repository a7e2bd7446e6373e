import * as oauth from 'openid-client';
import { journey, type Tokens, type Variant } from './journey.js';

const tokensOf = ({ access_token, refresh_token }: oauth.TokenEndpointResponse): Tokens => ({ accessToken: access_token, refreshToken: refresh_token ?? '' });

const variant = (name: string, type: 'confidential' | 'public', authentication: (secret: string) => oauth.ClientAuth): Variant<Tokens> => ({
  name,
  type,
  connect: async ({ issuer, callback, client }) => {
    const options: oauth.DiscoveryRequestOptions = { algorithm: 'oauth2', execute: [oauth.allowInsecureRequests] };
    const config = await oauth.discovery(new URL(issuer), client.id, undefined, authentication(client.secret), options);
    const [pkceCodeVerifier, expectedState] = [oauth.randomPKCECodeVerifier(), oauth.randomState()];
    return {
      authorizationUrl: async () =>
        oauth.buildAuthorizationUrl(config, {
          redirect_uri: callback,
          scope: 'profile email',
          state: expectedState,
          code_challenge: await oauth.calculatePKCECodeChallenge(pkceCodeVerifier),
          code_challenge_method: 'S256',
        }),
      exchange: async (back) => tokensOf(await oauth.authorizationCodeGrant(config, back, { pkceCodeVerifier, expectedState })),
      me: async ({ accessToken }) => {
        const response = await oauth.fetchProtectedResource(config, accessToken, new URL('/oauth/me', issuer), 'GET').catch((error: unknown) => {
          if (error instanceof oauth.WWWAuthenticateChallengeError) return error.response;
          throw error;
        });
        return { status: response.status, body: response.bodyUsed ? {} : ((await response.json()) as Record<string, unknown>) };
      },
      refresh: async ({ refreshToken }) => tokensOf(await oauth.refreshTokenGrant(config, refreshToken)),
      revoke: ({ refreshToken }) => oauth.tokenRevocation(config, refreshToken),
    };
  },
});

journey('openid-client', [
  variant('confidential, with client_secret_basic', 'confidential', oauth.ClientSecretBasic),
  variant('confidential, with client_secret_post', 'confidential', oauth.ClientSecretPost),
  variant('public', 'public', () => oauth.None()),
]);
