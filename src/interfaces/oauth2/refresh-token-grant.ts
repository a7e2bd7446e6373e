import OAuth2Server from 'oauth2-server';
import type { RefreshToken } from '../../application/tokens/refresh-token.js';
import { engineToken } from './engine-token.js';
import { requestedScopes } from './requested-scopes.js';
import type { EngineClient, EngineRequest } from './token-request.js';

/** `grant_type=refresh_token` (RFC 6749 §6). */
export function refreshTokenGrant(refreshToken: RefreshToken) {
  return class extends OAuth2Server.AbstractGrantType {
    async handle({ parameters }: EngineRequest, client: EngineClient): Promise<OAuth2Server.Token> {
      const answer = await refreshToken.execute({
        client: client.client,
        refreshToken: parameters.required('refresh_token'),
        scopes: requestedScopes(parameters),
        resources: parameters.all('resource'),
      });
      return engineToken(answer, client);
    }
  };
}
