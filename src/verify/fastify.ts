import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Verifier } from './create-verifier.js';
import { admit } from './guard/admit.js';
import { metadataPath, protectedResourceMetadata, type ResourceDescription } from './guard/protected-resource-metadata.js';
import type { Active } from './verification.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** What the access token of this request says; set by `requireToken`. */
    token: Active;
  }
  interface FastifyInstance {
    /** A hook for `onRequest` that lets in who brings an access token with all of these scopes; answers 400, 401, 403 or 503 to others. */
    requireToken(...scopes: string[]): (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply | undefined>;
  }
}

export interface KeywrightOptions extends ResourceDescription {
  readonly verifier: Verifier;
}

/** The plugin: `app.register(keywright, { verifier })`. Adds `app.requireToken`, serves the metadata (RFC 9728), ends the verifier with the server. */
export async function keywright(app: FastifyInstance, { verifier, ...description }: KeywrightOptions): Promise<void> {
  const document = protectedResourceMetadata(verifier, description);
  app.decorateRequest('token');
  app.decorate('requireToken', (...scopes: string[]) => async (request: FastifyRequest, reply: FastifyReply) => {
    const admission = await admit(verifier, { authorization: request.headers.authorization, rawHeaders: request.raw.rawHeaders }, scopes);
    if (admission.token === null) {
      const { status, headers, body } = admission.refusal;
      return reply.code(status).headers(headers).header('cache-control', 'no-store').send(body);
    }
    request.token = admission.token;
    return undefined;
  });
  app.get(metadataPath(verifier.audience), async (_request, reply) =>
    reply.header('cache-control', 'public, max-age=3600').header('access-control-allow-origin', '*').send(document),
  );
  app.addHook('onClose', async () => verifier.close());
}

// What it adds is for the whole application, not for the plugin alone (Fastify, "Plugins": skip-override).
Object.assign(keywright, { [Symbol.for('skip-override')]: true, [Symbol.for('fastify.display-name')]: 'keywright' });
