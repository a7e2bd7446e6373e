import * as oauth from 'oauth4webapi';
import { journey, type Tokens, type Variant } from './journey.js';

const insecure = { [oauth.allowInsecureRequests]: true };
const tokensOf = ({ access_token, refresh_token }: oauth.TokenEndpointResponse): Tokens => ({ accessToken: access_token, refreshToken: refresh_token ?? '' });

type Algorithm = NonNullable<oauth.DiscoveryRequestOptions['algorithm']>;
type Authentication = (secret: string) => oauth.ClientAuth;

/** `oidc` looks where OpenID providers describe themselves, and asks the user info endpoint that it finds there. */
const variant = (name: string, type: Variant<Tokens>['type'], authentication: Authentication, algorithm: Algorithm = 'oauth2'): Variant<Tokens> => ({
  name,
  type,
  connect: async ({ issuer, callback, client: { id, secret } }) => {
    const discovered = await oauth.discoveryRequest(new URL(issuer), { algorithm, ...insecure });
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
        try {
          if (algorithm === 'oidc') {
            const answer = await oauth.userInfoRequest(server, client, accessToken, insecure);
            return { status: answer.status, body: { ...(await oauth.processUserInfoResponse(server, client, oauth.skipSubjectCheck, answer)) } };
          }
          const response = await oauth.protectedResourceRequest(accessToken, 'GET', new URL('/oauth/me', issuer), undefined, undefined, insecure);
          return { status: response.status, body: (await response.json()) as Record<string, unknown> };
        } catch (error) {
          if (error instanceof oauth.WWWAuthenticateChallengeError) return { status: error.response.status, body: {} };
          throw error;
        }
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

const register: Variant<Tokens>['register'] = async (issuer, metadata) => {
  const server = await oauth.processDiscoveryResponse(new URL(issuer), await oauth.discoveryRequest(new URL(issuer), { algorithm: 'oauth2', ...insecure }));
  const answer = await oauth.dynamicClientRegistrationRequest(server, { ...metadata, token_endpoint_auth_method: 'none' }, insecure);
  return (await oauth.processDynamicClientRegistrationResponse(answer)).client_id;
};

journey('oauth4webapi', [
  variant('confidential, with client_secret_basic', 'confidential', oauth.ClientSecretBasic),
  variant('confidential, with client_secret_post', 'confidential', oauth.ClientSecretPost),
  variant('public', 'public', () => oauth.None()),
  variant('that describes itself', 'described', () => oauth.None()),
  { ...variant('that registers itself', 'self_registered', () => oauth.None()), register },
  variant('public, by the metadata of an OpenID provider', 'public', () => oauth.None(), 'oidc'),
]);
