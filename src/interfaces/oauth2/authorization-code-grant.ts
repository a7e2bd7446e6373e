import OAuth2Server from 'oauth2-server';
import type { ExchangeCode } from '../../application/tokens/exchange-code.js';
import { engineToken } from './engine-token.js';
import type { EngineClient, EngineRequest } from './token-request.js';

/** `grant_type=authorization_code` (RFC 6749 §4.1.3, RFC 7636 §4.5). */
export function authorizationCodeGrant(exchangeCode: ExchangeCode) {
  return class extends OAuth2Server.AbstractGrantType {
    async handle({ parameters }: EngineRequest, client: EngineClient): Promise<OAuth2Server.Token> {
      const answer = await exchangeCode.execute({
        client: client.client,
        code: parameters.required('code'),
        redirectUri: parameters.one('redirect_uri'),
        codeVerifier: parameters.one('code_verifier'),
        resources: parameters.all('resource'),
      });
      return engineToken(answer, client);
    }
  };
}
