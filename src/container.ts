import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { type DependencyContainer, type InjectionToken, instanceCachingFactory, container as root } from 'tsyringe';
import { AfterTheAnswer } from './application/accounts/after-the-answer.js';
import { AskForLink } from './application/accounts/ask-for-link.js';
import { ChangePassword } from './application/accounts/change-password.js';
import { ChoosePassword } from './application/accounts/choose-password.js';
import { FindLink } from './application/accounts/find-link.js';
import { GiveLink } from './application/accounts/give-link.js';
import { PasswordRules } from './application/accounts/password-rules.js';
import { Attempts } from './application/attempts/attempts.js';
import { KnownDevices } from './application/attempts/known-devices.js';
import { SignInAttempts } from './application/attempts/sign-in-attempts.js';
import { Authorize } from './application/authorization/authorize.js';
import { ChooseAccount } from './application/authorization/choose-account.js';
import { ContinueAuthorization } from './application/authorization/continue-authorization.js';
import { DecideAuthorization } from './application/authorization/decide-authorization.js';
import { GiveGrant } from './application/authorization/give-grant.js';
import { AddSecret } from './application/clients/add-secret.js';
import { ClientReach } from './application/clients/client-reach.js';
import { CreateClient } from './application/clients/create-client.js';
import { DeleteClient } from './application/clients/delete-client.js';
import { EditClient } from './application/clients/edit-client.js';
import { ListClients } from './application/clients/list-clients.js';
import { RemoveSecret } from './application/clients/remove-secret.js';
import { SetClientDisabled } from './application/clients/set-client-disabled.js';
import { ShowClient } from './application/clients/show-client.js';
import { DisconnectApp } from './application/connections/disconnect-app.js';
import { ListConnectedApps } from './application/connections/list-connected-apps.js';
import { ListGrantsOfClient } from './application/connections/list-grants-of-client.js';
import { RevokeGrant } from './application/connections/revoke-grant.js';
import { ShowConnectedApp } from './application/connections/show-connected-app.js';
import { AcceptSessionToken } from './application/identities/accept-session-token.js';
import { AdmitIdentity } from './application/identities/admit-identity.js';
import { BeginLinking } from './application/identities/begin-linking.js';
import { BeginUpstreamSignIn } from './application/identities/begin-upstream-sign-in.js';
import { FinishUpstreamSignIn } from './application/identities/finish-upstream-sign-in.js';
import { ListWays } from './application/identities/list-ways.js';
import type { NamedIssuer } from './application/identities/named-issuer.js';
import { UnlinkIdentity } from './application/identities/unlink-identity.js';
import { CheckKeys } from './application/keys/check-keys.js';
import { KeyRing } from './application/keys/key-ring.js';
import { ListKeys } from './application/keys/list-keys.js';
import { RotateKeys } from './application/keys/rotate-keys.js';
import { TendKeys } from './application/keys/tend-keys.js';
import { WithdrawKey } from './application/keys/withdraw-key.js';
import { FirstRun } from './application/operations/first-run.js';
import { Idempotently } from './application/operations/idempotently.js';
import { PurgeExpired } from './application/operations/purge-expired.js';
import { UsageJournal } from './application/operations/usage-journal.js';
import { CreateUser } from './application/people/create-user.js';
import { DeleteOwnAccount } from './application/people/delete-own-account.js';
import { DeleteUser } from './application/people/delete-user.js';
import { DemoteUser } from './application/people/demote-user.js';
import { DisableUser } from './application/people/disable-user.js';
import { EnableUser } from './application/people/enable-user.js';
import { ListUsers } from './application/people/list-users.js';
import { LocalAccounts } from './application/people/local-accounts.js';
import { PromoteUser } from './application/people/promote-user.js';
import { ShowUser } from './application/people/show-user.js';
import { SignIn } from './application/people/sign-in.js';
import type { Clock } from './application/ports/clock.js';
import type { Mailer } from './application/ports/mailer.js';
import type { PasswordHasher } from './application/ports/password-hasher.js';
import type { Storage } from './application/ports/storage.js';
import type { UpstreamProvider } from './application/ports/upstream-provider.js';
import type { UserAuthenticator } from './application/ports/user-authenticator.js';
import { AddResourceServerSecret } from './application/resources/add-resource-server-secret.js';
import { AuthenticateResourceServer } from './application/resources/authenticate-resource-server.js';
import { EditResourceServer } from './application/resources/edit-resource-server.js';
import { KnownResources } from './application/resources/known-resources.js';
import { KnownScopes } from './application/resources/known-scopes.js';
import { ListResourceServers } from './application/resources/list-resource-servers.js';
import { RegisterResourceServer } from './application/resources/register-resource-server.js';
import { RemoveResourceServer } from './application/resources/remove-resource-server.js';
import { RemoveResourceServerSecret } from './application/resources/remove-resource-server-secret.js';
import { ResourceDirectory } from './application/resources/resource-directory.js';
import { ShowResourceServer } from './application/resources/show-resource-server.js';
import { FollowRevocations } from './application/revocations/follow-revocations.js';
import { RevocationCursors } from './application/revocations/revocation-cursors.js';
import { RevocationTail } from './application/revocations/revocation-tail.js';
import { WatchCredentials } from './application/revocations/watch-credentials.js';
import { EndOtherSessions } from './application/sessions/end-other-sessions.js';
import { EndSession } from './application/sessions/end-session.js';
import { FindSession } from './application/sessions/find-session.js';
import { ListSessions } from './application/sessions/list-sessions.js';
import { SignOut } from './application/sessions/sign-out.js';
import { StartSession } from './application/sessions/start-session.js';
import { Authenticate } from './application/tokens/authenticate.js';
import { AuthenticateClient } from './application/tokens/authenticate-client.js';
import { ExchangeCode } from './application/tokens/exchange-code.js';
import { GrantClientCredentials } from './application/tokens/grant-client-credentials.js';
import { IntrospectToken } from './application/tokens/introspect-token.js';
import { IssueAccessToken } from './application/tokens/issue-access-token.js';
import { RefreshToken } from './application/tokens/refresh-token.js';
import { RevokeByOperator } from './application/tokens/revoke-by-operator.js';
import { RevokeToken } from './application/tokens/revoke-token.js';
import type { Config } from './config.js';
import { ClientCache } from './infrastructure/client-cache.js';
import { CommonPasswordList } from './infrastructure/crypto/common-password-list.js';
import { TokenEndpoint } from './interfaces/oauth2/token-endpoint.js';

/** What the use cases are made from. */
export interface Foundations {
  readonly config: Pick<Config, 'issuer' | 'keys' | 'lifetimes' | 'catalogue' | 'sessionLifetimes' | 'localAccounts'> &
    Partial<Pick<Config, 'unregisteredResources'>>;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly passwordHasher: PasswordHasher;
  /** Ways to check e-mail and password besides the accounts kept here. */
  readonly authenticators?: readonly UserAuthenticator[];
  /** Left out: nothing can be mailed. */
  readonly mailer?: Mailer | null;
  /** Servers elsewhere at which people sign in. */
  readonly upstreamProviders?: readonly UpstreamProvider[];
  /** Whoever else vouches for people here. */
  readonly otherIssuers?: readonly NamedIssuer[];
  /** Seals what only this server may read again. Left out, what is sealed ends with the process. */
  readonly secretKey?: string;
}

/** Hands out what was wired; how is known here only. */
export type Container = Pick<DependencyContainer, 'resolve'>;

type Resolve = <D>(dependency: InjectionToken<D>) => D;

/** Ports are interfaces, which do not exist at run time; each is named by a symbol that carries its type, so that a wrong binding does not compile. */
const port = <T>(name: string) => Symbol(name) as unknown as InjectionToken<T>;

export const ports = {
  clock: port<Clock>('Clock'),
  passwordHasher: port<PasswordHasher>('PasswordHasher'),
  clients: port<Storage['clients']>('ClientRepository'),
  recentClients: port<Pick<Storage['clients'], 'find'>>('clients as of a moment ago'),
  users: port<Storage['users']>('UserRepository'),
  identities: port<Storage['identities']>('IdentityRepository'),
  upstreamRequests: port<Storage['upstreamRequests']>('UpstreamRequestRepository'),
  sessions: port<Storage['sessions']>('SessionRepository'),
  passwords: port<Storage['passwords']>('PasswordRepository'),
  authorizationRequests: port<Storage['authorizationRequests']>('AuthorizationRequestRepository'),
  consents: port<Storage['consents']>('ConsentRepository'),
  grants: port<Storage['grants']>('GrantRepository'),
  authorizationCodes: port<Storage['authorizationCodes']>('AuthorizationCodeRepository'),
  accessTokens: port<Storage['accessTokens']>('AccessTokenRepository'),
  refreshTokens: port<Storage['refreshTokens']>('RefreshTokenRepository'),
  connections: port<Storage['connections']>('ConnectionRepository'),
  resourceServers: port<Storage['resourceServers']>('ResourceServerRepository'),
  signingKeys: port<Storage['signingKeys']>('SigningKeyRepository'),
  usage: port<Storage['usage']>('UsageRepository'),
  idempotencyKeys: port<Storage['idempotencyKeys']>('IdempotencyRepository'),
  attempts: port<Storage['attempts']>('AttemptLimiter'),
  revocations: port<Storage['revocations']>('RevocationRepository'),
  notices: port<Storage['notices']>('ChangeNotices'),
} as const;

/** The providers that configuration names, in its order. */
export const upstreamProviders = port<readonly UpstreamProvider[]>('UpstreamProviders');

/** Wires the whole service: the only place that knows which class stands behind which port. */
export function buildContainer({
  config,
  storage,
  clock,
  passwordHasher,
  authenticators = [],
  upstreamProviders: providers = [],
  otherIssuers = [],
  mailer = null,
  secretKey,
}: Foundations): Container {
  const { issuer, keys, lifetimes, catalogue, sessionLifetimes, localAccounts } = config;
  const container = root.createChildContainer();
  const ownSecret = secretKey ?? randomBytes(32).toString('base64url');
  const provide = <T>(token: InjectionToken<T>, make: (get: Resolve) => T) =>
    container.register(token, { useFactory: instanceCachingFactory((c) => make((dependency) => c.resolve(dependency))) });

  provide(ports.clock, () => clock);
  provide(ports.passwordHasher, () => passwordHasher);
  provide(ClientCache, () => new ClientCache(storage.clients, storage.notices));
  provide(ports.clients, (get) => get(ClientCache).clients);
  provide(ports.recentClients, (get) => get(ClientCache).recent);
  provide(ports.users, () => storage.users);
  provide(ports.identities, () => storage.identities);
  provide(ports.upstreamRequests, () => storage.upstreamRequests);
  provide(ports.sessions, () => storage.sessions);
  provide(ports.passwords, () => storage.passwords);
  provide(ports.authorizationRequests, () => storage.authorizationRequests);
  provide(ports.consents, () => storage.consents);
  provide(ports.grants, () => storage.grants);
  provide(ports.authorizationCodes, () => storage.authorizationCodes);
  provide(ports.accessTokens, () => storage.accessTokens);
  provide(ports.refreshTokens, () => storage.refreshTokens);
  provide(ports.connections, () => storage.connections);
  provide(ports.resourceServers, () => storage.resourceServers);
  provide(ports.signingKeys, () => storage.signingKeys);
  provide(ports.usage, () => storage.usage);
  provide(ports.idempotencyKeys, () => storage.idempotencyKeys);
  provide(ports.attempts, () => storage.attempts);
  provide(ports.revocations, () => storage.revocations);
  provide(ports.notices, () => storage.notices);

  provide(Attempts, (get) => new Attempts(get(ports.attempts)));
  provide(KnownDevices, (get) => new KnownDevices(ownSecret, get(ports.clock)));
  provide(SignInAttempts, (get) => new SignInAttempts(get(Attempts), get(KnownDevices)));
  provide(UsageJournal, (get) => new UsageJournal(get(ports.usage)));

  provide(Authorize, (get) => new Authorize(get(ports.clients), get(ports.authorizationRequests), get(Attempts), get(KnownResources), get(ports.clock)));
  provide(GiveGrant, (get) => new GiveGrant(get(ports.authorizationRequests), get(ports.grants), get(ports.authorizationCodes), get(ports.clock)));
  provide(
    ContinueAuthorization,
    (get) => new ContinueAuthorization(get(ports.authorizationRequests), get(ports.clients), get(ports.consents), get(GiveGrant), get(ports.clock)),
  );
  provide(ChooseAccount, (get) => new ChooseAccount(get(ports.authorizationRequests)));
  provide(
    DecideAuthorization,
    (get) => new DecideAuthorization(get(ports.authorizationRequests), get(ports.clients), get(ports.consents), get(GiveGrant), get(ports.clock)),
  );

  provide(AuthenticateClient, (get) => new AuthenticateClient(get(ports.recentClients), get(UsageJournal), get(Attempts), get(ports.clock)));
  provide(KeyRing, (get) => new KeyRing(get(ports.signingKeys), ownSecret, keys, get(ports.clock)));
  provide(TendKeys, (get) => new TendKeys(get(ports.signingKeys), get(KeyRing), get(ports.clock)));
  provide(RotateKeys, (get) => new RotateKeys(get(KeyRing)));
  provide(WithdrawKey, (get) => new WithdrawKey(get(ports.signingKeys), get(KeyRing)));
  provide(CheckKeys, (get) => new CheckKeys(get(ports.signingKeys), get(KeyRing)));
  provide(ListKeys, (get) => new ListKeys(get(ports.signingKeys), get(ports.clock)));

  provide(IssueAccessToken, (get) => new IssueAccessToken(get(ResourceDirectory), get(KnownResources), get(KeyRing), issuer));
  provide(ExchangeCode, (get) => new ExchangeCode(get(ports.authorizationCodes), get(IssueAccessToken), lifetimes, get(ports.clock)));
  provide(RefreshToken, (get) => new RefreshToken(get(ports.refreshTokens), get(ports.accessTokens), get(IssueAccessToken), lifetimes, get(ports.clock)));
  provide(GrantClientCredentials, (get) => new GrantClientCredentials(get(ports.accessTokens), get(IssueAccessToken), lifetimes, get(ports.clock)));
  provide(TokenEndpoint, (get) => new TokenEndpoint(get(AuthenticateClient), get(ExchangeCode), get(RefreshToken), get(GrantClientCredentials)));
  provide(Authenticate, (get) => new Authenticate(get(ports.accessTokens), get(ports.recentClients), get(UsageJournal), get(KeyRing), get(ports.clock)));
  provide(IntrospectToken, (get) => new IntrospectToken(get(Authenticate), get(ports.refreshTokens), get(ResourceDirectory), get(ports.clock)));
  provide(RevokeToken, (get) => new RevokeToken(get(ports.accessTokens), get(ports.refreshTokens), get(ports.grants), get(ports.clock)));
  provide(
    RevokeByOperator,
    (get) => new RevokeByOperator(get(ports.accessTokens), get(ports.refreshTokens), get(ports.grants), get(ports.users), get(ports.clients), get(ports.clock)),
  );

  provide(RevocationTail, (get) => new RevocationTail(get(ports.revocations), get(ports.notices)));
  provide(RevocationCursors, (get) => new RevocationCursors(ownSecret, get(ports.clock)));
  provide(WatchCredentials, (get) => new WatchCredentials(get(ports.resourceServers), get(ports.clients), get(ports.notices)));
  provide(FollowRevocations, (get) => new FollowRevocations(get(ports.revocations), get(RevocationTail), get(RevocationCursors)));

  provide(FindSession, (get) => new FindSession(get(ports.sessions), get(ports.users), sessionLifetimes, get(ports.clock)));
  provide(SignOut, (get) => new SignOut(get(ports.sessions)));
  provide(StartSession, (get) => new StartSession(get(ports.sessions), get(SignOut), sessionLifetimes, get(ports.clock)));
  provide(ListSessions, (get) => new ListSessions(get(ports.users), get(ports.sessions), sessionLifetimes, get(ports.clock)));
  provide(EndSession, (get) => new EndSession(get(ports.users), get(ports.sessions)));
  provide(EndOtherSessions, (get) => new EndOtherSessions(get(ports.sessions)));
  provide(AdmitIdentity, (get) => new AdmitIdentity(get(ports.identities), get(ports.users), get(ports.clock)));
  provide(
    AcceptSessionToken,
    (get) => new AcceptSessionToken(get(ports.idempotencyKeys), get(AdmitIdentity), get(StartSession), get(SignInAttempts), get(Attempts), get(ports.clock)),
  );
  provide(upstreamProviders, () => providers);
  provide(
    BeginUpstreamSignIn,
    (get) => new BeginUpstreamSignIn(get(upstreamProviders), get(ports.upstreamRequests), get(ports.authorizationRequests), get(Attempts), get(ports.clock)),
  );
  provide(
    FinishUpstreamSignIn,
    (get) =>
      new FinishUpstreamSignIn(
        get(upstreamProviders),
        get(ports.upstreamRequests),
        get(ports.identities),
        get(AdmitIdentity),
        get(StartSession),
        get(SignInAttempts),
        get(ports.clock),
      ),
  );
  const issuers = [...providers, ...otherIssuers];
  provide(ListWays, (get) => new ListWays(get(ports.identities), issuers, localAccounts));
  provide(BeginLinking, (get) => new BeginLinking(get(BeginUpstreamSignIn), get(ports.clock)));
  provide(UnlinkIdentity, (get) => new UnlinkIdentity(get(ports.identities), issuers, localAccounts, get(ports.clock)));
  provide(LocalAccounts, (get) => new LocalAccounts(get(ports.users), get(ports.passwordHasher)));
  const local = (get: Resolve) => (localAccounts ? [get(LocalAccounts)] : []);
  provide(SignIn, (get) => new SignIn([...local(get), ...authenticators], get(SignInAttempts), get(AdmitIdentity), get(StartSession)));
  provide(AfterTheAnswer, () => new AfterTheAnswer());
  provide(PasswordRules, () => new PasswordRules(new CommonPasswordList()));
  provide(FindLink, (get) => new FindLink(get(ports.passwords), get(ports.clock)));
  provide(GiveLink, (get) => new GiveLink(get(ports.users), get(ports.passwords), issuer, localAccounts, get(ports.clock)));
  provide(
    AskForLink,
    (get) =>
      new AskForLink(get(ports.users), get(ports.passwords), mailer, get(Attempts), get(ports.attempts), get(AfterTheAnswer), config.issuer, get(ports.clock)),
  );
  provide(
    ChoosePassword,
    (get) => new ChoosePassword(get(FindLink), get(ports.passwords), get(ports.passwordHasher), get(PasswordRules), get(SignInAttempts), get(ports.clock)),
  );
  provide(ChangePassword, (get) => new ChangePassword(get(ports.passwords), get(ports.passwordHasher), get(PasswordRules), get(Attempts)));
  provide(CreateUser, (get) => new CreateUser(get(ports.users), get(ports.passwordHasher), get(PasswordRules), localAccounts, get(ports.clock)));
  provide(ListUsers, (get) => new ListUsers(get(ports.users)));
  provide(ShowUser, (get) => new ShowUser(get(ports.users)));
  provide(PromoteUser, (get) => new PromoteUser(get(ports.users)));
  provide(DemoteUser, (get) => new DemoteUser(get(ports.users)));
  provide(DisableUser, (get) => new DisableUser(get(ports.users), get(ports.sessions), get(ports.grants), get(ports.clients), get(ports.clock)));
  provide(DeleteUser, (get) => new DeleteUser(get(ports.users), get(ports.sessions), get(ports.grants), get(ports.clients), get(ports.clock)));
  provide(DeleteOwnAccount, (get) => new DeleteOwnAccount(get(DeleteUser), get(ports.clock)));
  provide(EnableUser, (get) => new EnableUser(get(ports.users), get(ports.clients)));

  provide(CreateClient, (get) => new CreateClient(get(ports.clients), get(ports.users), get(KnownScopes), get(ports.clock)));
  provide(EditClient, (get) => new EditClient(get(ports.clients), get(KnownScopes)));
  provide(DeleteClient, (get) => new DeleteClient(get(ports.clients), get(ports.clock)));
  provide(SetClientDisabled, (get) => new SetClientDisabled(get(ports.clients), get(ports.users), get(ports.clock)));
  provide(ShowClient, (get) => new ShowClient(get(ports.clients)));
  provide(ListClients, (get) => new ListClients(get(ports.clients), get(ports.users)));
  provide(ClientReach, (get) => new ClientReach(get(ports.connections), get(ports.clients), get(ports.clock)));
  provide(AddSecret, (get) => new AddSecret(get(ports.clients), get(ports.clock)));
  provide(RemoveSecret, (get) => new RemoveSecret(get(ports.clients)));

  provide(KnownScopes, (get) => new KnownScopes(catalogue, get(ResourceDirectory)));
  provide(KnownResources, (get) => new KnownResources(get(ResourceDirectory), config.unregisteredResources ?? 'allow', issuer));
  provide(ResourceDirectory, (get) => new ResourceDirectory(get(ports.resourceServers), get(ports.notices), get(ports.clock)));
  provide(RegisterResourceServer, (get) => new RegisterResourceServer(get(ports.resourceServers), get(ResourceDirectory), catalogue, issuer, get(ports.clock)));
  provide(EditResourceServer, (get) => new EditResourceServer(get(ports.resourceServers), get(ResourceDirectory), catalogue));
  provide(RemoveResourceServer, (get) => new RemoveResourceServer(get(ports.resourceServers), get(ResourceDirectory)));
  provide(ShowResourceServer, (get) => new ShowResourceServer(get(ports.resourceServers)));
  provide(ListResourceServers, (get) => new ListResourceServers(get(ports.resourceServers)));
  provide(AddResourceServerSecret, (get) => new AddResourceServerSecret(get(ports.resourceServers), get(ResourceDirectory), get(ports.clock)));
  provide(RemoveResourceServerSecret, (get) => new RemoveResourceServerSecret(get(ports.resourceServers), get(ResourceDirectory)));
  provide(AuthenticateResourceServer, (get) => new AuthenticateResourceServer(get(ResourceDirectory), get(UsageJournal), get(Attempts), get(ports.clock)));

  provide(ListConnectedApps, (get) => new ListConnectedApps(get(ports.connections), get(ports.clock)));
  provide(ShowConnectedApp, (get) => new ShowConnectedApp(get(ports.connections), get(ports.clock)));
  provide(DisconnectApp, (get) => new DisconnectApp(get(ports.grants), get(ports.consents), get(ports.clock)));
  provide(ListGrantsOfClient, (get) => new ListGrantsOfClient(get(ports.connections), get(ports.clients), get(ports.clock)));
  provide(RevokeGrant, (get) => new RevokeGrant(get(ports.grants), get(ports.clients), get(ports.clock)));

  provide(Idempotently, (get) => new Idempotently(get(ports.idempotencyKeys), ownSecret, get(ports.clock)));
  provide(FirstRun, (get) => new FirstRun(get(ports.users), get(ports.clients), get(CreateUser), catalogue, get(ports.clock)));
  provide(PurgeExpired, (get) => new PurgeExpired(storage.expirables, get(ports.clock)));
  return container;
}
