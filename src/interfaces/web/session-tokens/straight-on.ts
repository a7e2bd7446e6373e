import type { FastifyReply, FastifyRequest } from 'fastify';
import { cookieName, cookieOptions } from '../session-cookie.js';
import { loginHref, type TokenWay } from './token-way.js';

/** Seconds in which nobody is sent on a second time unasked. */
const pause = 300;

/**
 * Where the team's own sign-in page is the only way, people are sent straight there: a page with one button on it would ask them nothing. Once only in a
 * while, known by a cookie: whoever comes back without being signed in sees the page, or the two sites would send them to and fro for ever.
 */
export class StraightOn {
  private readonly name: string;

  constructor(
    private readonly secure: boolean,
    /** The only way to sign in; `null`: there are others. */
    private readonly only: TokenWay | null,
  ) {
    this.name = cookieName('sent-on', secure);
  }

  /** Where to send the browser, told to come back to `returnTo`; `null`: show the page. */
  href(request: FastifyRequest, reply: FastifyReply, returnTo: string): string | null {
    const href = this.only && loginHref(this.only, returnTo);
    if (href === null) return null;
    if (request.cookies[this.name] !== undefined) {
      reply.clearCookie(this.name, cookieOptions(this.secure));
      return null;
    }
    reply.setCookie(this.name, '1', { ...cookieOptions(this.secure), maxAge: pause });
    return href;
  }
}
