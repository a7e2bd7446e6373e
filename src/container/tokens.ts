import { Attempts } from '../application/attempts/attempts.js';
import { EndAccess } from '../application/connections/end-access.js';
import { ForgetConsent } from '../application/connections/forget-consent.js';
import { ForgetIfRevoked } from '../application/connections/forget-if-revoked.js';
import { KeyRing } from '../application/keys/key-ring.js';
import { UsageJournal } from '../application/operations/usage-journal.js';
import { KnownResources } from '../application/resources/known-resources.js';
import { ResourceDirectory } from '../application/resources/resource-directory.js';
import { Authenticate } from '../application/tokens/authenticate.js';
import { AuthenticateClient } from '../application/tokens/authenticate-client.js';
import { ExchangeCode } from '../application/tokens/exchange-code.js';
import { ExchangeDeviceCode } from '../application/tokens/exchange-device-code.js';
import { GrantClientCredentials } from '../application/tokens/grant-client-credentials.js';
import { IntrospectToken } from '../application/tokens/introspect-token.js';
import { IssueAccessToken } from '../application/tokens/issue-access-token.js';
import { PollPace } from '../application/tokens/poll-pace.js';
import { RedeemCode } from '../application/tokens/redeem-code.js';
import { RefreshToken } from '../application/tokens/refresh-token.js';
import { RevokeByOperator } from '../application/tokens/revoke-by-operator.js';
import { RevokeToken } from '../application/tokens/revoke-token.js';
import { TokenEndpoint } from '../interfaces/oauth2/token-endpoint.js';
import { ports } from './ports.js';
import type { Given, Provide } from './provide.js';

export function provideTokens(provide: Provide, { config: { issuer, lifetimes } }: Given): void {
  provide(AuthenticateClient, (get) => new AuthenticateClient(get(ports.recentClients), get(UsageJournal), get(Attempts), get(ports.clock)));
  provide(IssueAccessToken, (get) => new IssueAccessToken(get(ResourceDirectory), get(KnownResources), get(KeyRing), issuer));
  provide(RedeemCode, (get) => new RedeemCode(get(ports.authorizationCodes), get(IssueAccessToken), get(ForgetIfRevoked), lifetimes, get(ports.clock)));
  provide(ExchangeCode, (get) => new ExchangeCode(get(ports.authorizationCodes), get(RedeemCode)));
  provide(PollPace, () => new PollPace());
  provide(
    ExchangeDeviceCode,
    (get) =>
      new ExchangeDeviceCode(
        get(ports.authorizationRequests),
        get(ports.grants),
        get(ports.authorizationCodes),
        get(RedeemCode),
        get(PollPace),
        get(ports.clock),
      ),
  );
  provide(
    RefreshToken,
    (get) =>
      new RefreshToken(
        get(ports.recentRefreshTokens),
        get(ports.accessTokens),
        get(IssueAccessToken),
        get(ForgetIfRevoked),
        get(KeyRing),
        lifetimes,
        get(ports.clock),
      ),
  );
  provide(GrantClientCredentials, (get) => new GrantClientCredentials(get(ports.accessTokens), get(IssueAccessToken), lifetimes, get(ports.clock)));
  provide(
    TokenEndpoint,
    (get) => new TokenEndpoint(get(AuthenticateClient), get(ExchangeCode), get(RefreshToken), get(GrantClientCredentials), get(ExchangeDeviceCode)),
  );
  provide(Authenticate, (get) => new Authenticate(get(ports.accessTokens), get(ports.recentClients), get(UsageJournal), get(KeyRing), get(ports.clock)));
  provide(IntrospectToken, (get) => new IntrospectToken(get(Authenticate), get(ports.refreshTokens), get(ResourceDirectory), get(ports.clock)));
  provide(RevokeToken, (get) => new RevokeToken(get(ports.accessTokens), get(ports.refreshTokens), get(ports.grants), get(ports.clock)));
  provide(
    RevokeByOperator,
    (get) =>
      new RevokeByOperator(
        get(ports.accessTokens),
        get(ports.refreshTokens),
        get(ports.grants),
        get(ports.users),
        get(ports.clients),
        get(EndAccess),
        get(ForgetConsent),
        get(ports.clock),
      ),
  );
}
