import express from 'express';
import { createVerifier } from 'keywright/verify';
import { requireToken, serveMetadata } from 'keywright/verify/express';
import { options, port, ready } from './settings.js';

const app = express();
const verifier = createVerifier(options);
app.use(serveMetadata(verifier, { scopes: ['invoices:read'] }));

app.get('/invoices', requireToken(verifier, 'invoices:read'), (request, response) => {
  response.json({ invoices: [], for: request.token.claims.sub });
});

app.listen(port, ready);
