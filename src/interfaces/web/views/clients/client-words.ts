import { type Client, deviceCodeGrant, type GrantType } from '../../../../domain/clients/client.js';

/** The settings of a client in words, for the form and the page that shows it. */
export const clientWords = {
  type: { confidential: 'Confidential', public: 'Public' } satisfies Record<Client['type'], string>,
  grantTypes: {
    authorization_code: 'Acts for people who allow it',
    refresh_token: 'Keeps access without asking again',
    client_credentials: 'Acts for itself',
    [deviceCodeGrant]: 'Acts for people who type a code that it shows',
  } satisfies Record<GrantType, string>,
  pkce: { required: 'PKCE is required', optional: 'PKCE is optional' } satisfies Record<Client['pkce'], string>,
  refresh: { rotate: 'A new refresh token each time', keep: 'The same refresh token stays good' } satisfies Record<Client['refresh'], string>,
  accessTokenFormat: { opaque: 'Opaque', jwt: 'JWT for APIs that leave it open' } satisfies Record<Client['accessTokenFormat'], string>,
  consent: { ask: 'People are asked', skip: 'People are not asked' } satisfies Record<Client['consent'], string>,
};

/** What the fields of the form are called. */
export const clientLabels = {
  name: 'Name',
  description: 'Description',
  homepageUri: 'Homepage',
  logoUri: 'Logo',
  owner: 'Belongs to',
  type: 'Can it keep a secret?',
  redirectUris: 'Redirect URIs',
  grantTypes: 'How it gets tokens',
  scopes: 'Scopes it may ask for',
  optionalScopes: 'Scopes that people may leave out',
  pkce: 'PKCE',
  refresh: 'Refresh tokens',
  consent: 'Consent',
  accessTokenFormat: 'Access tokens are',
  accessTokenLifetime: 'Access tokens live',
  refreshTokenIdleLifetime: 'Refresh tokens may lie unused',
  refreshTokenAbsoluteLifetime: 'Refresh tokens end for good after',
} as const;
