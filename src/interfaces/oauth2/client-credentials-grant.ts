import OAuth2Server from 'oauth2-server';
import type { GrantClientCredentials } from '../../application/tokens/grant-client-credentials.js';
import { engineToken } from './engine-token.js';
import { requestedScopes } from './requested-scopes.js';
import type { EngineClient, EngineRequest } from './token-request.js';

/** `grant_type=client_credentials` (RFC 6749 §4.4.2). */
export function clientCredentialsGrant(grantClientCredentials: GrantClientCredentials) {
  return class extends OAuth2Server.AbstractGrantType {
    async handle({ parameters }: EngineRequest, client: EngineClient): Promise<OAuth2Server.Token> {
      const answer = await grantClientCredentials.execute({
        client: client.client,
        scopes: requestedScopes(parameters),
        resources: parameters.all('resource'),
      });
      return engineToken(answer, client);
    }
  };
}
