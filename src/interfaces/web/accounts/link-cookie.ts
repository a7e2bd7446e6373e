import type { FastifyReply, FastifyRequest } from 'fastify';
import { cookieName, cookieOptions } from '../session-cookie.js';

/** Takes the token of a link over from the address, where it can be seen, into a cookie of this browser session. */
export class LinkCookie {
  private readonly name: string;

  constructor(private readonly secure: boolean) {
    this.name = cookieName('link', secure);
  }

  token(request: FastifyRequest): string {
    return request.cookies[this.name] ?? '';
  }

  set(reply: FastifyReply, token: string): void {
    reply.setCookie(this.name, token, cookieOptions(this.secure));
  }

  clear(reply: FastifyReply): void {
    reply.clearCookie(this.name, cookieOptions(this.secure));
  }
}
