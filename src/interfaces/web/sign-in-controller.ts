import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ContinueAuthorization } from '../../application/authorization/continue-authorization.js';
import type { AskedFor, Destination } from '../../application/identities/upstream-errand.js';
import type { SignIn } from '../../application/people/sign-in.js';
import type { SignedIn } from '../../application/sessions/find-session.js';
import type { SignOut } from '../../application/sessions/sign-out.js';
import { leavesFor } from '../../domain/authorization/device-request.js';
import { formOf } from '../http/form.js';
import type { LinkPages } from './accounts/link-pages.js';
import type { DeviceCookie } from './device-cookie.js';
import type { Pages } from './pages.js';
import type { ProviderPages } from './providers/provider-pages.js';
import type { SessionCookie } from './session-cookie.js';
import { type SessionTokens, sessionTokenPath } from './session-tokens/session-tokens.js';
import { StraightOn } from './session-tokens/straight-on.js';
import { afterSignIn, askedFor, destinationOf, signInPath } from './sign-in-address.js';
import { messages } from './views/messages.js';
import { notAdmittedWords } from './views/not-admitted-words.js';
import { SignInPage } from './views/sign-in-page.js';

interface SignInForm extends Destination {
  readonly asked: AskedFor;
  readonly signedInAs?: string | undefined;
  readonly email?: string;
  readonly error?: string;
}

/** What the sign-in page works with. */
export interface SignInPages {
  readonly issuer: string;
  readonly pages: Pages;
  readonly session: SessionCookie;
  readonly device: DeviceCookie;
  /** `null`: nobody signs in with a password that is typed here. */
  readonly signIn: SignIn | null;
  readonly signOut: SignOut;
  readonly continueAuthorization: ContinueAuthorization;
  /** `null`: no password is kept here. */
  readonly links: Pick<LinkPages, 'askForLink' | 'registration'> | null;
  readonly providers: ProviderPages;
  readonly tokens: SessionTokens;
}

/** The sign-in page, and the way out. */
export function signInController(server: FastifyInstance, use: SignInPages): void {
  const { issuer, pages, session, device, signIn, signOut, continueAuthorization, links, tokens } = use;
  const { providers } = use.providers;
  const straightOn = new StraightOn(pages.https, signIn || providers.length > 0 ? null : tokens.only);
  const returnAddress = (destination: Destination) => `${issuer}${signInPath(destination, sessionTokenPath)}`;
  const show = async (reply: FastifyReply, { email, error, asked, signedInAs, ...destination }: SignInForm) => {
    const { requestId } = destination;
    const waiting = requestId === null ? null : await continueAuthorization.execute(requestId, null);
    if (waiting && waiting.step !== 'sign_in') return reply.redirect(afterSignIn(destination), 303);
    const view = SignInPage({
      site: pages.site,
      again: asked === 'again',
      signedInAs,
      action: signInPath(destination, '/sign-in', asked),
      csrfToken: reply.generateCsrf(),
      passwords: signIn !== null,
      forgotHref: links?.askForLink ? withRequest('/forgot-password', requestId) : undefined,
      registerHref: links?.askForLink && links.registration ? withRequest('/register', requestId) : undefined,
      providers: providers.map(({ id, name }) => ({ name, action: signInPath(destination, `/sign-in/with/${id}`, asked) })),
      elsewhere: tokens.elsewhere(returnAddress(destination)),
      handedOverBy: tokens.sites.names,
      continueHref: tokens.sites.byCookie ? signInPath(destination, sessionTokenPath) : undefined,
      client: waiting?.client,
      email: email ?? signedInAs ?? waiting?.request.loginHint ?? undefined,
      error,
    });
    const leadsTo = [...(waiting ? leavesFor(waiting.request) : []), ...providers.map(({ issuer }) => issuer)];
    return pages.send(reply, view, { status: error === undefined ? 200 : 401, leadsTo });
  };

  /** Whether the person may be signed in by the session that they have elsewhere without seeing the page: neither they nor the client want somebody asked. */
  const mayGoUnasked = async ({ requestId }: Destination): Promise<boolean> => {
    if (requestId === null) return true;
    const waiting = await continueAuthorization.execute(requestId, null);
    return waiting.step === 'sign_in' && !waiting.request.prompts.some((prompt) => prompt === 'login' || prompt === 'select_account');
  };

  server.get('/sign-in', async (request, reply) => {
    const destination = destinationOf(request);
    const signedIn = await session.signedIn(request);
    const asked = askedFor(request);
    if (destination.requestId === null && asked !== 'again' && signedIn) return reply.redirect(afterSignIn(destination), 303);
    if (!signedIn && asked === null && (await mayGoUnasked(destination))) {
      const result = destination.requestId === null ? null : await tokens.fromCookies(request);
      if (result) return tokens.answer(reply, result, destination);
      const href = straightOn.href(request, reply, returnAddress(destination));
      if (href !== null) return reply.header('Cache-Control', 'no-store').redirect(href, 303);
    }
    return show(reply, { ...destination, asked, signedInAs: whoAgain(asked, signedIn) });
  });

  server.post('/sign-out', { preHandler: server.csrfProtection }, async (request, reply) => {
    const token = session.token(request);
    if (token !== null) await signOut.execute(token);
    session.clear(reply);
    return pages.message(reply, 200, messages.signedOut('/sign-in?other=1'));
  });

  if (!signIn) return;
  server.post('/sign-in', { preHandler: server.csrfProtection }, async (request, reply) => {
    const form = formOf(request);
    const destination = destinationOf(request);
    const email = form.one('email') ?? '';
    const result = await signIn.execute({ email, password: form.one('password') ?? '', device: device.token(request), ...session.browser(request) });
    if (result.outcome !== 'signed_in') {
      const error = result.outcome === 'refused' ? 'That e-mail address and password do not go together.' : notAdmittedWords[result.reason];
      const asked = askedFor(request);
      return show(reply, { ...destination, asked, signedInAs: whoAgain(asked, await session.signedIn(request)), email, error });
    }
    session.set(reply, result.session);
    device.set(reply, result.device);
    return reply.redirect(afterSignIn(destination), 303);
  });
}

/** Whose confirmation is asked for. */
function whoAgain(asked: AskedFor, signedIn: SignedIn | null): string | undefined {
  return asked === 'again' ? signedIn?.user.email : undefined;
}

function withRequest(path: string, requestId: string | null): string {
  return requestId === null ? path : `${path}?request=${encodeURIComponent(requestId)}`;
}
