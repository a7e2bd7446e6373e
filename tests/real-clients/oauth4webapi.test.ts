import * as oauth from 'oauth4webapi';
import { journey, type Tokens, type Variant } from './journey.js';

const insecure = { [oauth.allowInsecureRequests]: true };
const tokensOf = ({ access_token, refresh_token }: oauth.TokenEndpointResponse): Tokens => ({ accessToken: access_token, refreshToken: refresh_token ?? '' });

const variant = (name: string, type: 'confidential' | 'public', authentication: (secret: string) => oauth.ClientAuth): Variant<Tokens> => ({
  name,
  type,
  connect: async ({ issuer, callback, client: { id, secret } }) => {
    const discovered = await oauth.discoveryRequest(new URL(issuer), { algorithm: 'oauth2', ...insecure });
    const server = await oauth.processDiscoveryResponse(new URL(issuer), discovered);
    const client: oauth.Client = { client_id: id };
    const by = authentication(secret);
    const [verifier, state] = [oauth.generateRandomCodeVerifier(), oauth.generateRandomState()];
    return {
      authorizationUrl: async () => {
        const url = new URL(server.authorization_endpoint ?? '');
        const parameters = { client_id: id, redirect_uri: callback, response_type: 'code', scope: 'profile', state, code_challenge_method: 'S256' };
        for (const [key, value] of Object.entries(parameters)) url.searchParams.set(key, value);
        url.searchParams.set('code_challenge', await oauth.calculatePKCECodeChallenge(verifier));
        return url;
      },
      exchange: async (back) => {
        // Checks state and, as the metadata announces it, iss (RFC 9207).
        const parameters = oauth.validateAuthResponse(server, client, back, state);
        const response = await oauth.authorizationCodeGrantRequest(server, client, by, parameters, callback, verifier, insecure);
        return tokensOf(await oauth.processAuthorizationCodeResponse(server, client, response));
      },
      me: async ({ accessToken }) => {
        const call = oauth.protectedResourceRequest(accessToken, 'GET', new URL('/oauth/me', issuer), undefined, undefined, insecure);
        const response = await call.catch((error: unknown) => {
          if (error instanceof oauth.WWWAuthenticateChallengeError) return error.response;
          throw error;
        });
        return { status: response.status, body: response.ok ? ((await response.json()) as Record<string, unknown>) : {} };
      },
      refresh: async ({ refreshToken }) => {
        const response = await oauth.refreshTokenGrantRequest(server, client, by, refreshToken, insecure);
        return tokensOf(await oauth.processRefreshTokenResponse(server, client, response));
      },
      revoke: async ({ refreshToken }) => {
        await oauth.processRevocationResponse(await oauth.revocationRequest(server, client, by, refreshToken, insecure));
      },
    };
  },
});

journey('oauth4webapi', [
  variant('confidential, with client_secret_basic', 'confidential', oauth.ClientSecretBasic),
  variant('confidential, with client_secret_post', 'confidential', oauth.ClientSecretPost),
  variant('public', 'public', () => oauth.None()),
]);
