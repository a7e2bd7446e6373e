import OAuth2Server from 'oauth2-server';
import type { ExchangeDeviceCode } from '../../application/tokens/exchange-device-code.js';
import { engineToken } from './engine-token.js';
import type { EngineClient, EngineRequest } from './token-request.js';

/** `grant_type=urn:ietf:params:oauth:grant-type:device_code` (RFC 8628 §3.4). */
export function deviceCodeGrantType(exchangeDeviceCode: ExchangeDeviceCode) {
  return class extends OAuth2Server.AbstractGrantType {
    async handle({ parameters }: EngineRequest, client: EngineClient): Promise<OAuth2Server.Token> {
      const answer = await exchangeDeviceCode.execute({
        client: client.client,
        deviceCode: parameters.required('device_code'),
        resources: parameters.all('resource'),
      });
      return engineToken(answer, client);
    }
  };
}
