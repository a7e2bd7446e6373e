import type { SigningAlgorithm, TokenFormat } from '../../../../domain/resources/resource-server.js';

/** The settings of a resource server in words, for the form and the page that shows it. */
export const resourceServerWords = {
  tokenFormat: {
    opaque: 'Opaque: the API asks this server',
    jwt: 'JWT: the API can check them by itself',
    by_client: 'What the app asks for',
  } satisfies Record<TokenFormat, string>,
  signingAlgorithm: { ES256: 'ES256', EdDSA: 'EdDSA (Ed25519)', RS256: 'RS256' } satisfies Record<SigningAlgorithm, string>,
};

/** What the fields of the form are called. */
export const resourceServerLabels = {
  name: 'Name',
  identifier: 'Identifier',
  scopes: 'Scopes that belong to it',
  tokenFormat: 'Tokens for it',
  signingAlgorithm: 'How they are signed',
} as const;
