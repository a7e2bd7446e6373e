import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FindSession, SignedIn } from '../../application/sessions/find-session.js';
import type { NewSession, SigningInBrowser } from '../../application/sessions/start-session.js';

/** The cookie that holds a session token. On https it carries the `__Host-` prefix (RFC 6265bis §4.1.3.2): no other host can set it. */
export class SessionCookie {
  private readonly name: string;

  constructor(
    private readonly secure: boolean,
    private readonly findSession: FindSession,
  ) {
    this.name = cookieName('session', secure);
  }

  token(request: FastifyRequest): string | null {
    return request.cookies[this.name] ?? null;
  }

  /** What there is to know of the browser that signs in by this request. */
  browser(request: FastifyRequest): SigningInBrowser {
    return { from: request.ip, userAgent: request.headers['user-agent'] ?? null, earlierSession: this.token(request) };
  }

  /** Who is signed in in the browser that sent this request? */
  async signedIn(request: FastifyRequest): Promise<SignedIn | null> {
    const token = this.token(request);
    return token === null ? null : this.findSession.execute(token);
  }

  set(reply: FastifyReply, { token, expiresAt }: NewSession): void {
    reply.setCookie(this.name, token, { ...cookieOptions(this.secure), expires: expiresAt });
  }

  clear(reply: FastifyReply): void {
    reply.clearCookie(this.name, cookieOptions(this.secure));
  }
}

export function cookieName(name: string, secure: boolean): string {
  return `${secure ? '__Host-' : ''}kw_${name}`;
}

/** Lax: the cookie must come along when a client sends the person here, and must not when another site posts a form (RFC 6265bis §5.6.7). */
export function cookieOptions(secure: boolean) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
}
