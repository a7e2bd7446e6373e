import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ContinueAuthorization } from '../../application/authorization/continue-authorization.js';
import type { SignIn } from '../../application/people/sign-in.js';
import type { SignOut } from '../../application/people/sign-out.js';
import { formOf, queryOf } from '../http/form.js';
import type { LinkPages } from './accounts/link-pages.js';
import type { DeviceCookie } from './device-cookie.js';
import type { Pages } from './pages.js';
import type { SessionCookie } from './session-cookie.js';
import { pageAfterSignIn } from './sign-in-address.js';
import { messages } from './views/messages.js';
import { notAdmittedWords } from './views/not-admitted-words.js';
import { SignInPage } from './views/sign-in-page.js';

interface SignInForm {
  /** The page of ours to open afterwards. */
  readonly next: string | null;
  /** The authorization request that waits, by its id; `null` when the person came by themselves. */
  readonly requestId: string | null;
  readonly email?: string;
  readonly error?: string;
}

/** The sign-in page, and the way out. */
export function signInController(
  server: FastifyInstance,
  signIn: SignIn,
  signOut: SignOut,
  continueAuthorization: ContinueAuthorization,
  session: SessionCookie,
  device: DeviceCookie,
  links: Pick<LinkPages, 'askForLink' | 'registration'>,
  pages: Pages,
): void {
  const show = async (reply: FastifyReply, { requestId, next, email, error }: SignInForm) => {
    const waiting = requestId === null ? null : await continueAuthorization.execute(requestId, null);
    if (waiting && waiting.step !== 'sign_in') return reply.redirect(`/consent/${encodeURIComponent(requestId as string)}`, 303);
    const view = SignInPage({
      site: pages.site,
      action: actionFor(requestId, next),
      csrfToken: reply.generateCsrf(),
      forgotHref: links.askForLink ? withRequest('/forgot-password', requestId) : undefined,
      registerHref: links.askForLink && links.registration ? withRequest('/register', requestId) : undefined,
      clientName: waiting?.client.name,
      email: email ?? waiting?.request.loginHint ?? undefined,
      error,
    });
    return pages.send(reply, view, { status: error === undefined ? 200 : 401, ...(waiting && { redirectUri: waiting.request.redirectUri }) });
  };

  server.get('/sign-in', async (request, reply) => {
    const [requestId, next] = [queryOf(request).one('request'), queryOf(request).one('next')];
    // Who they are is to be proved anew, for something that an open browser alone must not do.
    const again = queryOf(request).one('again') === 'yes';
    if (requestId === null && !again && (await session.signedIn(request))) return reply.redirect(pageAfterSignIn(next), 303);
    return show(reply, { requestId, next });
  });

  server.post('/sign-in', { preHandler: server.csrfProtection }, async (request, reply) => {
    const form = formOf(request);
    const [requestId, next] = [queryOf(request).one('request'), queryOf(request).one('next')];
    const email = form.one('email') ?? '';
    const result = await signIn.execute({ email, password: form.one('password') ?? '', device: device.token(request), ...session.browser(request) });
    if (result.outcome !== 'signed_in') {
      const error = result.outcome === 'refused' ? 'That e-mail address and password do not go together.' : notAdmittedWords[result.reason];
      return show(reply, { requestId, next, email, error });
    }
    session.set(reply, result.session);
    device.set(reply, result.device);
    return reply.redirect(requestId === null ? pageAfterSignIn(next) : `/consent/${encodeURIComponent(requestId)}`, 303);
  });

  server.post('/sign-out', { preHandler: server.csrfProtection }, async (request, reply) => {
    const token = session.token(request);
    if (token !== null) await signOut.execute(token);
    session.clear(reply);
    return pages.message(reply, 200, messages.signedOut('/sign-in'));
  });
}

function actionFor(requestId: string | null, next: string | null): string {
  if (requestId !== null) return `/sign-in?request=${encodeURIComponent(requestId)}`;
  return next === null ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`;
}

function withRequest(path: string, requestId: string | null): string {
  return requestId === null ? path : `${path}?request=${encodeURIComponent(requestId)}`;
}
