import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AcceptSessionToken, SessionTokenResult } from '../../../application/identities/accept-session-token.js';
import type { Destination } from '../../../application/identities/upstream-errand.js';
import type { DeviceCookie } from '../device-cookie.js';
import type { Pages } from '../pages.js';
import type { SessionCookie } from '../session-cookie.js';
import { afterSignIn, signInPath } from '../sign-in-address.js';
import { messages } from '../views/messages.js';
import { loginHref, type TokenWay } from './token-way.js';

export const sessionTokenPath = '/sign-in/session-token';

/** Takes session tokens from requests, by the ways that configuration names. */
export class SessionTokens {
  constructor(
    private readonly ways: readonly TokenWay[],
    private readonly acceptSessionToken: AcceptSessionToken,
    private readonly session: SessionCookie,
    private readonly device: DeviceCookie,
    private readonly pages: Pages,
  ) {}

  /** The one whose tokens sign people in; `null` where there are several, or none. */
  get only(): TokenWay | null {
    return this.ways.length === 1 ? (this.ways[0] as TokenWay) : null;
  }

  /** By the cookies that came along: the first that is one of ours and good decides. `null`: there is none. */
  async fromCookies(request: FastifyRequest): Promise<SessionTokenResult | null> {
    for (const { cookie, issuer } of this.ways) {
      const token = cookie === null ? undefined : request.cookies[cookie];
      if (token === undefined) continue;
      const result = await this.acceptSessionToken.execute({ token, by: 'cookie', issuers: [issuer], browser: this.session.browser(request) });
      if (result.outcome !== 'refused') return result;
      request.log.info({ issuer: issuer.id, detail: result.detail }, 'a session token was refused');
    }
    return null;
  }

  /** By a form that another site's page sent: only of those whose page it is. */
  async fromForm(request: FastifyRequest, token: string): Promise<SessionTokenResult> {
    const { origin } = request.headers;
    const issuers = this.ways.filter(({ origins }) => origin !== undefined && origins.includes(origin)).map(({ issuer }) => issuer);
    if (issuers.length === 0) return { outcome: 'refused', detail: `it was posted by ${origin?.slice(0, 200) ?? 'a page that does not say so'}` };
    return this.acceptSessionToken.execute({ token, by: 'form', issuers, browser: this.session.browser(request) });
  }

  /** The sign-in pages of others, each told to come back to `returnTo`. */
  elsewhere(returnTo: string): { readonly name: string; readonly href: string }[] {
    return this.ways.flatMap((way) => {
      const href = loginHref(way, returnTo);
      return href === null ? [] : [{ name: way.issuer.name, href }];
    });
  }

  /** What people know the sites as, and whether a cookie of theirs can come along. */
  get sites(): { readonly names: readonly string[]; readonly byCookie: boolean } {
    return { names: this.ways.map(({ issuer }) => issuer.name), byCookie: this.ways.some(({ cookie }) => cookie !== null) };
  }

  answer(reply: FastifyReply, result: SessionTokenResult, destination: Destination): FastifyReply {
    reply.header('Cache-Control', 'no-store');
    switch (result.outcome) {
      case 'signed_in':
        this.session.set(reply, result.session);
        if (result.device) this.device.set(reply, result.device);
        return reply.redirect(afterSignIn(destination), 303);
      // The form was sent twice: the first time signed this browser in, or it will be asked to sign in.
      case 'repeated':
        return reply.redirect(afterSignIn(destination), 303);
      case 'not_admitted':
        return this.pages.message(reply, 403, messages.notAdmitted(result.reason, result.issuer.name, signInPath(destination, '/sign-in', 'other')));
      case 'refused':
        reply.log.warn({ detail: result.detail }, 'a session token was refused');
        return this.pages.message(reply, 403, messages.sessionTokenRefused(signInPath(destination)));
    }
  }
}
