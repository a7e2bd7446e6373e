import type { FastifyReply, FastifyRequest } from 'fastify';
import { deviceRequestLifetime, userCodeIn } from '../../domain/authorization/device-request.js';
import { cookieName, cookieOptions } from './session-cookie.js';

/** The cookie that holds the code of a device while whoever typed it signs in and decides: only in their browser is it decided. */
export class UserCodeCookie {
  private readonly name: string;

  constructor(private readonly secure: boolean) {
    this.name = cookieName('user_code', secure);
  }

  userCode(request: FastifyRequest): string | null {
    return userCodeIn(request.cookies[this.name] ?? '');
  }

  set(reply: FastifyReply, userCode: string): void {
    reply.setCookie(this.name, userCode, { ...cookieOptions(this.secure), maxAge: deviceRequestLifetime });
  }
}
