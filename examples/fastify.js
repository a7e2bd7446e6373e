import fastify from 'fastify';
import { createVerifier } from 'keywright/verify';
import { keywright } from 'keywright/verify/fastify';
import { options, port, ready } from './settings.js';

const app = fastify();
await app.register(keywright, { verifier: createVerifier(options), scopes: ['invoices:read'] });

app.get('/invoices', { onRequest: app.requireToken('invoices:read') }, async (request) => ({ invoices: [], for: request.token.claims.sub }));

await app.listen({ port });
ready();
