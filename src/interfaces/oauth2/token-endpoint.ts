import OAuth2Server from 'oauth2-server';
import type { AuthenticateClient } from '../../application/tokens/authenticate-client.js';
import type { ExchangeCode } from '../../application/tokens/exchange-code.js';
import type { ExchangeDeviceCode } from '../../application/tokens/exchange-device-code.js';
import type { GrantClientCredentials } from '../../application/tokens/grant-client-credentials.js';
import type { RefreshToken } from '../../application/tokens/refresh-token.js';
import { deviceCodeGrant, type GrantType, grantTypes } from '../../domain/clients/client.js';
import { UnsupportedGrantType } from '../../domain/errors.js';
import { authorizationCodeGrant } from './authorization-code-grant.js';
import { clientCredentialsGrant } from './client-credentials-grant.js';
import { deviceCodeGrantType } from './device-code-grant.js';
import { ownError } from './engine-error.js';
import { refreshTokenGrant } from './refresh-token-grant.js';
import { engineRequest, type TokenRequest } from './token-request.js';

/** The token endpoint (RFC 6749 §3.2): the engine authenticates the client, picks the grant and wraps the answer; the rules are in the use cases. */
export class TokenEndpoint {
  private readonly engine: OAuth2Server;

  constructor(
    private readonly authenticateClient: AuthenticateClient,
    exchangeCode: ExchangeCode,
    refreshToken: RefreshToken,
    grantClientCredentials: GrantClientCredentials,
    exchangeDeviceCode: ExchangeDeviceCode,
  ) {
    const grants: Record<GrantType, typeof OAuth2Server.AbstractGrantType> = {
      authorization_code: authorizationCodeGrant(exchangeCode),
      refresh_token: refreshTokenGrant(refreshToken),
      client_credentials: clientCredentialsGrant(grantClientCredentials),
      [deviceCodeGrant]: deviceCodeGrantType(exchangeDeviceCode),
    };
    this.engine = new OAuth2Server({
      // `handle` brings its own: the engine tells a model nothing about the request.
      model: {} as OAuth2Server.ServerOptions['model'],
      extendedGrantTypes: grants,
      // Whether a secret is needed depends on the client, not on the grant type: AuthenticateClient decides.
      requireClientAuthentication: Object.fromEntries(grantTypes.map((type) => [type, false])),
      allowExtendedTokenAttributes: true,
    });
  }

  /** The body of a successful token response (RFC 6749 §5.1). Throws an `OAuthError` or `StorageUnavailable`. */
  async handle(request: TokenRequest): Promise<Record<string, unknown>> {
    // Asked here because the engine still knows the password grant, which "MUST NOT be used" (RFC 9700 §2.4).
    const grantType = request.parameters.required('grant_type');
    if (!grantTypes.some((offered) => offered === grantType)) throw new UnsupportedGrantType(`grant_type must be one of ${grantTypes.join(', ')}`);
    const response = new OAuth2Server.Response({});
    try {
      await this.engine.token(engineRequest(request), response, { model: this.modelFor(request) } as OAuth2Server.TokenOptions);
    } catch (error) {
      throw ownError(error);
    }
    return response.body;
  }

  private modelFor({ from }: TokenRequest) {
    return {
      getClient: async (clientId: string, secret: string | null) => {
        const client = await this.authenticateClient.execute({ clientId, secret: secret || null, from });
        return { id: client.id, grants: [...client.grantTypes], client };
      },
    };
  }
}
