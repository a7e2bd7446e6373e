import type { FastifyInstance } from 'fastify';
import { formOf } from '../../http/form.js';
import { destinationOf, signInPath } from '../sign-in-address.js';
import { type SessionTokens, sessionTokenPath } from './session-tokens.js';

/**
 * Where the team's own sign-in page sends people back. It posts the token itself, or relies on the cookie. Nothing of ours protects the form: only
 * pages of the origins that configuration names may send it, and what they send signs in whoever is signed in there.
 */
export function sessionTokenController(server: FastifyInstance, tokens: SessionTokens): void {
  server.post(sessionTokenPath, async (request, reply) => {
    const result = await tokens.fromForm(request, formOf(request).required('session_token'));
    return tokens.answer(reply, result, destinationOf(request));
  });

  server.get(sessionTokenPath, { exposeHeadRoute: false }, async (request, reply) => {
    const destination = destinationOf(request);
    const result = await tokens.fromCookies(request);
    return result ? tokens.answer(reply, result, destination) : reply.redirect(signInPath(destination), 303);
  });
}
