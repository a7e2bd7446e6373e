import cookie from '@fastify/cookie';
import csrf from '@fastify/csrf-protection';
import type { FastifyInstance } from 'fastify';
import type { ChangePassword } from '../../application/accounts/change-password.js';
import type { Authorize } from '../../application/authorization/authorize.js';
import type { ChooseAccount } from '../../application/authorization/choose-account.js';
import type { ContinueAuthorization } from '../../application/authorization/continue-authorization.js';
import type { DecideAuthorization } from '../../application/authorization/decide-authorization.js';
import type { OpenOnDevice } from '../../application/authorization/open-on-device.js';
import type { OpenPushed } from '../../application/authorization/open-pushed.js';
import type { AcceptSessionToken } from '../../application/identities/accept-session-token.js';
import type { SignIn } from '../../application/people/sign-in.js';
import type { FindSession } from '../../application/sessions/find-session.js';
import type { SignOut } from '../../application/sessions/sign-out.js';
import type { AdmittedIntroductions } from '../../domain/clients/introduction.js';
import type { SecretKeys } from '../../domain/secret-key.js';
import { formIn } from '../http/form.js';
import { accountController } from './account/account-controller.js';
import type { AccountPages } from './account/account-pages.js';
import { deleteAccountController } from './account/delete-account-controller.js';
import { waysController } from './account/ways-controller.js';
import { askForLinkController } from './accounts/ask-for-link-controller.js';
import { changePasswordController } from './accounts/change-password-controller.js';
import { choosePasswordController } from './accounts/choose-password-controller.js';
import type { LinkPages } from './accounts/link-pages.js';
import { serveAssets } from './assets.js';
import { authorizeController } from './authorize-controller.js';
import { clientControllers } from './clients/client-controllers.js';
import type { ClientPages } from './clients/client-pages.js';
import { usualLifetimes } from './clients/lifetime-text.js';
import { connectedAppsController } from './connections/connected-apps-controller.js';
import type { ConnectionPages } from './connections/connection-pages.js';
import { consentController } from './consent-controller.js';
import { deviceController } from './device-controller.js';
import { DeviceCookie } from './device-cookie.js';
import { ListCursor } from './list-cursor.js';
import { NextStepReply } from './next-step-reply.js';
import type { Pages } from './pages.js';
import { allClientsController } from './people/all-clients-controller.js';
import { peopleController } from './people/people-controller.js';
import type { PeoplePages } from './people/people-pages.js';
import { personController } from './people/person-controller.js';
import { AdministratorRoutes, PersonRoutes } from './person-routes.js';
import { providerController } from './providers/provider-controller.js';
import type { ProviderPages } from './providers/provider-pages.js';
import { UpstreamCookie } from './providers/upstream-cookie.js';
import { resourceServerControllers } from './resources/resource-server-controllers.js';
import type { ResourceServerPages } from './resources/resource-server-pages.js';
import { cookieName, cookieOptions, SessionCookie } from './session-cookie.js';
import { sessionTokenController } from './session-tokens/session-token-controller.js';
import { SessionTokens } from './session-tokens/session-tokens.js';
import type { TokenWay } from './session-tokens/token-way.js';
import { signInController } from './sign-in-controller.js';
import { startController } from './start-controller.js';
import { UserCodeCookie } from './user-code-cookie.js';
import { webErrorReply } from './web-error-reply.js';

/** What the pages for signed-in people take from the application. */
export type PersonUseCases = Omit<
  ClientPages & ConnectionPages & AccountPages & PeoplePages & ResourceServerPages,
  'issuer' | 'introductions' | 'usual' | 'cursor' | 'linkableProviders' | 'localAccounts'
>;

/** What people do about a password that is kept here. */
export interface PasswordPages {
  readonly links: Omit<LinkPages, 'pages' | 'device'>;
  readonly changePassword: ChangePassword;
}

export interface WebPages {
  readonly pages: Pages;
  readonly issuer: string;
  /** Whose apps may introduce themselves. */
  readonly introductions: AdmittedIntroductions;
  /** The first signs the cookie that CSRF tokens are made from. */
  readonly secretKeys: SecretKeys;
  readonly authorize: Authorize;
  readonly openPushed: OpenPushed;
  readonly openOnDevice: OpenOnDevice;
  readonly continueAuthorization: ContinueAuthorization;
  readonly chooseAccount: ChooseAccount;
  readonly decideAuthorization: DecideAuthorization;
  readonly findSession: FindSession;
  /** `null`: nobody signs in with a password that is typed here. */
  readonly signIn: SignIn | null;
  readonly signOut: SignOut;
  readonly providers: ProviderPages;
  readonly tokenWays: readonly TokenWay[];
  readonly acceptSessionToken: AcceptSessionToken;
  readonly lifetimes: { readonly accessToken: number; readonly refreshTokenIdle: number; readonly refreshTokenAbsolute: number };
  /** `null`: no password is kept here. */
  readonly passwords: PasswordPages | null;
  readonly forPeople: PersonUseCases;
}

/** The addresses that people open: pages out, forms in. */
export async function webPages(server: FastifyInstance, web: WebPages): Promise<void> {
  const { pages, issuer, continueAuthorization, signOut, passwords } = web;
  server.setErrorHandler(webErrorReply(pages));
  await server.register(cookie, { secret: [...web.secretKeys] });
  await server.register(csrf, {
    cookieKey: cookieName('csrf', pages.https),
    cookieOpts: { ...cookieOptions(pages.https), signed: true },
    // As all that is refused for what was sent: a page that was left open overnight, or a flood, is nothing that an operator has to mend.
    logLevel: 'info',
    getToken: ({ body }) => formIn(body)?.one('_csrf') ?? '',
  });
  await serveAssets(server);

  const session = new SessionCookie(pages.https, web.findSession);
  const device = new DeviceCookie(pages.https);
  const userCode = new UserCodeCookie(pages.https);
  const nextStep = new NextStepReply(pages, issuer, web.forPeople.knownScopes);
  startController(server, issuer, session, pages);
  authorizeController(server, web.authorize, web.openPushed, continueAuthorization, session, nextStep);
  deviceController(server, web.openOnDevice, continueAuthorization, session, pages, userCode, nextStep);
  consentController(server, continueAuthorization, web.chooseAccount, web.decideAuthorization, signOut, session, userCode, nextStep);
  const routes = new PersonRoutes(server, pages, session);
  const forAdministrators = new AdministratorRoutes(server, pages, session);
  const cursor = new ListCursor(web.secretKeys);
  const linkableProviders = web.providers.providers;
  const shared = {
    ...web.forPeople,
    localAccounts: passwords !== null,
    linkableProviders,
    issuer,
    introductions: web.introductions,
    usual: usualLifetimes(web.lifetimes),
    cursor,
  };
  clientControllers(routes, shared);
  connectedAppsController(routes, shared);
  accountController(routes, shared);
  deleteAccountController(routes, session, shared);
  const upstreamCookie = new UpstreamCookie(pages.https);
  waysController(routes, upstreamCookie, shared);
  allClientsController(forAdministrators, shared);
  resourceServerControllers(forAdministrators, shared);
  peopleController(forAdministrators, shared);
  personController(forAdministrators, shared);
  const tokens = new SessionTokens(web.tokenWays, web.acceptSessionToken, session, device, pages);
  signInController(server, { ...web, links: passwords?.links ?? null, session, device, tokens });
  sessionTokenController(server, tokens);
  providerController(server, pages, session, device, upstreamCookie, web.providers);
  if (!passwords) return;
  const links = { ...passwords.links, pages, device };
  choosePasswordController(server, links);
  askForLinkController(server, links);
  changePasswordController(routes, passwords);
}
