import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { createVerifier } from 'keywright/verify';
import { requireToken, serveMetadata } from 'keywright/verify/hono';
import { options, port, ready } from './settings.js';

const app = new Hono();
const verifier = createVerifier(options);
app.use(serveMetadata(verifier, { scopes: ['invoices:read'] }));

app.get('/invoices', requireToken(verifier, 'invoices:read'), (context) => context.json({ invoices: [], for: context.get('token').claims.sub }));

serve({ fetch: app.fetch, port }, ready);
