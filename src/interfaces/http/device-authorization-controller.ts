import type { FastifyInstance } from 'fastify';
import type { AuthorizeDevice } from '../../application/authorization/authorize-device.js';
import { readableUserCode } from '../../domain/authorization/device-request.js';
import { clientCredentials } from './client-credentials.js';
import { formOf } from './form.js';

/** `POST /oauth/device_authorization` (RFC 8628 §3.1, §3.2). */
export function deviceAuthorizationController(server: FastifyInstance, authorizeDevice: AuthorizeDevice, issuer: string): void {
  server.post('/oauth/device_authorization', async (request, reply) => {
    const form = formOf(request);
    const caller = { ...clientCredentials(request, form), from: request.ip };
    const { deviceCode, userCode, expiresIn, interval } = await authorizeDevice.execute({ caller, scope: form.one('scope'), resources: form.all('resource') });
    const shown = readableUserCode(userCode);
    const page = `${issuer}/device`;
    return reply.header('Cache-Control', 'no-store').send({
      device_code: deviceCode,
      user_code: shown,
      verification_uri: page,
      verification_uri_complete: `${page}?user_code=${shown}`,
      expires_in: expiresIn,
      interval,
    });
  });
}
