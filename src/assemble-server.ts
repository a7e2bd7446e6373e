import { AskForLink } from './application/accounts/ask-for-link.js';
import { ChangePassword } from './application/accounts/change-password.js';
import { ChoosePassword } from './application/accounts/choose-password.js';
import { FindLink } from './application/accounts/find-link.js';
import { Authorize } from './application/authorization/authorize.js';
import { AuthorizeDevice } from './application/authorization/authorize-device.js';
import { ChooseAccount } from './application/authorization/choose-account.js';
import { ContinueAuthorization } from './application/authorization/continue-authorization.js';
import { DecideAuthorization } from './application/authorization/decide-authorization.js';
import { OpenOnDevice } from './application/authorization/open-on-device.js';
import { OpenPushed } from './application/authorization/open-pushed.js';
import { PushAuthorization } from './application/authorization/push-authorization.js';
import { SelfRegister } from './application/clients/self-register.js';
import { AcceptSessionToken } from './application/identities/accept-session-token.js';
import { BeginUpstreamSignIn } from './application/identities/begin-upstream-sign-in.js';
import { FinishUpstreamSignIn } from './application/identities/finish-upstream-sign-in.js';
import { KeyRing } from './application/keys/key-ring.js';
import { SignIn } from './application/people/sign-in.js';
import type { RequestMetrics } from './application/ports/request-metrics.js';
import { AuthenticateResourceServer } from './application/resources/authenticate-resource-server.js';
import { ResourceDirectory } from './application/resources/resource-directory.js';
import { FollowRevocations } from './application/revocations/follow-revocations.js';
import { RevocationTail } from './application/revocations/revocation-tail.js';
import { WatchCredentials } from './application/revocations/watch-credentials.js';
import { FindSession } from './application/sessions/find-session.js';
import { SignOut } from './application/sessions/sign-out.js';
import { Authenticate } from './application/tokens/authenticate.js';
import { AuthenticateClient } from './application/tokens/authenticate-client.js';
import { IntrospectToken } from './application/tokens/introspect-token.js';
import { RevokeToken } from './application/tokens/revoke-token.js';
import { apiUseCases } from './assemble-api.js';
import { personUseCases } from './assemble-pages.js';
import type { Config } from './config.js';
import { upstreamProviders } from './container/ports.js';
import type { Container } from './container.js';
import { admitsSome } from './domain/clients/places.js';
import type { SecretKeys } from './domain/secret-key.js';
import { buildServer, type ServerOptions } from './interfaces/http/server.js';
import { TokenEndpoint } from './interfaces/oauth2/token-endpoint.js';
import { assetVersion } from './interfaces/web/assets.js';
import { Pages } from './interfaces/web/pages.js';
import type { TokenWay } from './interfaces/web/session-tokens/token-way.js';

export interface ServerSurroundings {
  readonly config: Pick<Config, 'issuer' | 'catalogue' | 'introductions' | 'trustProxy' | 'lifetimes' | 'localAccounts' | 'registration'>;
  readonly secretKeys: SecretKeys;
  /** Whose session tokens sign people in, and how they get here. */
  readonly tokenWays?: readonly TokenWay[];
  readonly logger: ServerOptions['logger'];
  readonly doors?: ServerOptions['doors'] | undefined;
  readonly storeFailed?: ServerOptions['storeFailed'];
  /** Throws while the server must not be given work. */
  readonly ready: () => Promise<void>;
  /** Is told of requests; left out: nothing is counted. */
  readonly metrics?: RequestMetrics | undefined;
}

/** The HTTP server over a container's use cases, built but not listening. */
export async function assembleServer(
  container: Container,
  { config, secretKeys, tokenWays = [], logger, doors, storeFailed, ready, metrics }: ServerSurroundings,
): ReturnType<typeof buildServer> {
  const { issuer, catalogue, introductions, trustProxy, lifetimes, localAccounts, registration } = config;
  const askForLink = container.resolve(AskForLink);
  const signIn = container.resolve(SignIn);
  const pages = new Pages({ host: new URL(issuer).host, assetVersion: assetVersion() }, issuer.startsWith('https:'));
  const server = await buildServer(
    { trustProxy, logger, doors, storeFailed },
    {
      issuer,
      catalogue,
      clientMetadata: admitsSome(introductions.documents),
      selfRegister: admitsSome(introductions.redirects) ? container.resolve(SelfRegister) : null,
      ready,
      metrics,
      pushAuthorization: container.resolve(PushAuthorization),
      authorizeDevice: container.resolve(AuthorizeDevice),
      tokenEndpoint: container.resolve(TokenEndpoint),
      authenticate: container.resolve(Authenticate),
      authenticateClient: container.resolve(AuthenticateClient),
      keyRing: container.resolve(KeyRing),
      authenticateResourceServer: container.resolve(AuthenticateResourceServer),
      introspectToken: container.resolve(IntrospectToken),
      revokeToken: container.resolve(RevokeToken),
      followRevocations: container.resolve(FollowRevocations),
      watchCredentials: container.resolve(WatchCredentials),
    },
    {
      issuer,
      introductions,
      pages,
      secretKeys,
      authorize: container.resolve(Authorize),
      openPushed: container.resolve(OpenPushed),
      openOnDevice: container.resolve(OpenOnDevice),
      continueAuthorization: container.resolve(ContinueAuthorization),
      chooseAccount: container.resolve(ChooseAccount),
      decideAuthorization: container.resolve(DecideAuthorization),
      findSession: container.resolve(FindSession),
      signIn: signIn.possible ? signIn : null,
      signOut: container.resolve(SignOut),
      tokenWays,
      acceptSessionToken: container.resolve(AcceptSessionToken),
      providers: {
        providers: container.resolve(upstreamProviders),
        others: signIn.possible || tokenWays.length > 0,
        beginUpstreamSignIn: container.resolve(BeginUpstreamSignIn),
        finishUpstreamSignIn: container.resolve(FinishUpstreamSignIn),
      },
      lifetimes,
      passwords: localAccounts
        ? {
            links: {
              findLink: container.resolve(FindLink),
              choosePassword: container.resolve(ChoosePassword),
              askForLink: askForLink.possible ? askForLink : null,
              registration,
            },
            changePassword: container.resolve(ChangePassword),
          }
        : null,
      forPeople: personUseCases(container),
    },
    { issuer, catalogue, pages, secretKeys, authenticate: container.resolve(Authenticate), useCases: apiUseCases(container) },
  );
  container.resolve(ResourceDirectory).listen();
  const tail = container.resolve(RevocationTail);
  server.addHook('onClose', () => tail.stop());
  return server;
}
