import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import { onTestFinished } from 'vitest';
import type { Verifier } from '../../src/verify/create-verifier.js';
import * as forExpress from '../../src/verify/express.js';
import { keywright } from '../../src/verify/fastify.js';
import * as forHono from '../../src/verify/hono.js';
import { metadataResponse, verifyRequest } from '../../src/verify/request.js';

/** Each makes the same small service, by the means of one framework, and gives its address: `GET /invoices` needs `invoices:read`, `GET /open` nothing. */
export const guards: Record<string, (verifier: Verifier) => Promise<string>> = {
  fastify: async (verifier) => {
    const app = fastify();
    await app.register(keywright, { verifier, scopes: ['invoices:read'] });
    app.get('/invoices', { onRequest: app.requireToken('invoices:read') }, async (request) => ({ sub: request.token.claims.sub }));
    app.get('/open', async () => ({}));
    onTestFinished(() => app.close());
    return app.listen({ port: 0, host: '127.0.0.1' });
  },
  express: async (verifier) => {
    const app = express();
    app.use(forExpress.serveMetadata(verifier, { scopes: ['invoices:read'] }));
    app.get('/invoices', forExpress.requireToken(verifier, 'invoices:read'), (request, response) => void response.json({ sub: request.token?.claims.sub }));
    app.get('/open', (_request, response) => void response.json({}));
    return addressOf(app.listen(0, '127.0.0.1'));
  },
  hono: async (verifier) => {
    const app = new Hono();
    app.use(forHono.serveMetadata(verifier, { scopes: ['invoices:read'] }));
    app.get('/invoices', forHono.requireToken(verifier, 'invoices:read'), (context) => context.json({ sub: context.get('token').claims.sub }));
    app.get('/open', (context) => context.json({}));
    return addressOf(serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }) as Server);
  },
  'a plain Request': async (verifier) => {
    const fetch = async (request: Request): Promise<Response> => {
      const metadata = metadataResponse(verifier, request, { scopes: ['invoices:read'] });
      if (metadata) return metadata;
      if (new URL(request.url).pathname === '/open') return Response.json({});
      const { token, response } = await verifyRequest(verifier, request, { scopes: ['invoices:read'] });
      return token ? Response.json({ sub: token.claims.sub }) : response;
    };
    return addressOf(serve({ fetch, port: 0, hostname: '127.0.0.1' }) as Server);
  },
};

async function addressOf(server: Server): Promise<string> {
  if (!server.listening) await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
