import type { FastifyReply, FastifyRequest } from 'fastify';
import type { DeviceToken } from '../../application/attempts/known-devices.js';
import { cookieName, cookieOptions } from './session-cookie.js';

/** The cookie by which a browser that was signed in before is known again. It outlives the session, and signing out. */
export class DeviceCookie {
  private readonly name: string;

  constructor(private readonly secure: boolean) {
    this.name = cookieName('device', secure);
  }

  token(request: FastifyRequest): string | null {
    return request.cookies[this.name] ?? null;
  }

  set(reply: FastifyReply, { token, expiresAt }: DeviceToken): void {
    reply.setCookie(this.name, token, { ...cookieOptions(this.secure), expires: expiresAt });
  }
}
