import * as oauth from 'openid-client';
import { journey, type Tokens, type Variant } from './journey.js';

const tokensOf = ({ access_token, refresh_token }: oauth.TokenEndpointResponse): Tokens => ({ accessToken: access_token, refreshToken: refresh_token ?? '' });

type Algorithm = NonNullable<oauth.DiscoveryRequestOptions['algorithm']>;
type Authentication = (secret: string) => oauth.ClientAuth;

interface Ways {
  /** `oidc` looks where OpenID providers describe themselves, and asks the user info endpoint that it finds there. */
  readonly algorithm?: Algorithm;
  /** Whether it pushes its authorization request (RFC 9126). */
  readonly pushes?: boolean;
}

const variant = (
  name: string,
  type: Variant<Tokens>['type'],
  authentication: Authentication,
  { algorithm = 'oauth2', pushes = false }: Ways = {},
): Variant<Tokens> => ({
  name,
  type,
  connect: async ({ issuer, callback, client }) => {
    const options: oauth.DiscoveryRequestOptions = { algorithm, execute: [oauth.allowInsecureRequests] };
    const config = await oauth.discovery(new URL(issuer), client.id, undefined, authentication(client.secret), options);
    const [pkceCodeVerifier, expectedState] = [oauth.randomPKCECodeVerifier(), oauth.randomState()];
    return {
      authorizationUrl: async () =>
        (pushes ? oauth.buildAuthorizationUrlWithPAR : oauth.buildAuthorizationUrl)(config, {
          redirect_uri: callback,
          scope: 'profile email',
          state: expectedState,
          code_challenge: await oauth.calculatePKCECodeChallenge(pkceCodeVerifier),
          code_challenge_method: 'S256',
        }),
      exchange: async (back) => tokensOf(await oauth.authorizationCodeGrant(config, back, { pkceCodeVerifier, expectedState })),
      me: async ({ accessToken }) => {
        try {
          if (algorithm === 'oidc') return { status: 200, body: { ...(await oauth.fetchUserInfo(config, accessToken, oauth.skipSubjectCheck)) } };
          const response = await oauth.fetchProtectedResource(config, accessToken, new URL('/oauth/me', issuer), 'GET');
          return { status: response.status, body: (await response.json()) as Record<string, unknown> };
        } catch (error) {
          if (error instanceof oauth.WWWAuthenticateChallengeError) return { status: error.response.status, body: {} };
          throw error;
        }
      },
      refresh: async ({ refreshToken }) => tokensOf(await oauth.refreshTokenGrant(config, refreshToken)),
      revoke: ({ refreshToken }) => oauth.tokenRevocation(config, refreshToken),
    };
  },
});

const register: Variant<Tokens>['register'] = async (issuer, metadata) => {
  const options: oauth.DynamicClientRegistrationRequestOptions = { algorithm: 'oauth2', execute: [oauth.allowInsecureRequests] };
  return (await oauth.dynamicClientRegistration(new URL(issuer), metadata, undefined, options)).clientMetadata().client_id;
};

journey('openid-client', [
  variant('confidential, with client_secret_basic', 'confidential', oauth.ClientSecretBasic),
  variant('confidential, with client_secret_post', 'confidential', oauth.ClientSecretPost),
  variant('public', 'public', () => oauth.None()),
  variant('that describes itself', 'described', () => oauth.None()),
  { ...variant('that registers itself', 'self_registered', () => oauth.None()), register },
  variant('confidential, by the metadata of an OpenID provider', 'confidential', oauth.ClientSecretBasic, { algorithm: 'oidc' }),
  variant('confidential, that pushes its request', 'confidential', oauth.ClientSecretBasic, { pushes: true }),
  variant('public, that pushes its request', 'public', () => oauth.None(), { pushes: true }),
  variant('that describes itself and pushes its request', 'described', () => oauth.None(), { pushes: true }),
]);
