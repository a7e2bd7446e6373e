import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BegunUpstream } from '../../../application/identities/begin-upstream-sign-in.js';
import { cookieName, cookieOptions } from '../session-cookie.js';

/** The cookies by which a browser proves that it was sent to a provider from here: one for each sign-in under way, so that two tabs do not disturb each other. */
export class UpstreamCookie {
  constructor(private readonly secure: boolean) {}

  token(request: FastifyRequest, state: string): string {
    return request.cookies[this.name(state)] ?? '';
  }

  set(reply: FastifyReply, { state, token, expiresAt }: BegunUpstream): void {
    reply.setCookie(this.name(state), token, { ...cookieOptions(this.secure), expires: expiresAt });
  }

  clear(reply: FastifyReply, state: string): void {
    reply.clearCookie(this.name(state), cookieOptions(this.secure));
  }

  private name(state: string): string {
    return cookieName(`upstream-${state.slice(0, 16)}`, this.secure);
  }
}
