import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ContinueAuthorization } from '../../application/authorization/continue-authorization.js';
import type { OpenOnDevice } from '../../application/authorization/open-on-device.js';
import { readableUserCode, userCodeIn } from '../../domain/authorization/device-request.js';
import { formOf, queryOf } from '../http/form.js';
import type { NextStepReply } from './next-step-reply.js';
import type { Pages } from './pages.js';
import type { SessionCookie } from './session-cookie.js';
import type { UserCodeCookie } from './user-code-cookie.js';
import { DevicePage } from './views/device-page.js';

/** `/device`: where a person types what their device shows (RFC 8628 §3.3), or looks at what the device's own link has filled in. */
export function deviceController(
  server: FastifyInstance,
  openOnDevice: OpenOnDevice,
  continueAuthorization: ContinueAuthorization,
  session: SessionCookie,
  pages: Pages,
  cookie: UserCodeCookie,
  nextStep: NextStepReply,
): void {
  const show = (reply: FastifyReply, typed: string, error?: string) => {
    const userCode = userCodeIn(typed);
    const view = DevicePage({
      site: pages.site,
      action: '/device',
      csrfToken: reply.generateCsrf(),
      userCode: userCode === null ? typed.slice(0, longestTyped) : readableUserCode(userCode),
      complete: userCode !== null,
      error,
    });
    return pages.send(reply, view, { status: error === undefined ? 200 : 422 });
  };

  server.get('/device', async (request, reply) => show(reply, queryOf(request).one('user_code') ?? ''));

  server.post('/device', { preHandler: server.csrfProtection }, async (request, reply) => {
    const typed = formOf(request).one('user_code') ?? '';
    const userCode = userCodeIn(typed);
    if (userCode === null) return show(reply, typed, 'A code has eight letters, without vowels. Please look at your device once more.');
    const waiting = await openOnDevice.execute(typed, request.ip);
    if (waiting === null) return show(reply, typed, 'No device is waiting with this code. It may be mistyped, or too old: your device can show a new one.');
    cookie.set(reply, userCode);
    return nextStep.send(reply, await continueAuthorization.execute(waiting.id, await session.signedIn(request), false, userCode));
  });
}

/** Characters; what is longer is no code, and need not be typed again. */
const longestTyped = 40;
