import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { createVerifier } from 'keywright/verify';
import { requireToken, serveMetadata } from 'keywright/verify/express';
import { options, port, ready } from './settings.js';

const app = express().disable('x-powered-by');
const verifier = createVerifier(options);
app.use(serveMetadata(verifier, { scopes: ['invoices:read'] }));

const path = new URL(options.audience).pathname;
app.use(path, requireToken(verifier, 'invoices:read'));

// Each request has a server of its own, so that any number of processes may answer. The body is left to the transport, which answers in JSON whatever it is.
app.post(path, async (request, response) => {
  const server = new McpServer({ name: 'Invoices', version: '1.0.0' });
  server.registerTool('list_invoices', { description: 'The invoices of whoever asks.' }, () => ({
    content: [{ type: 'text', text: JSON.stringify({ invoices: [], for: request.token.claims.sub }) }],
  }));
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  response.on('close', () => transport.close());
  await server.connect(transport);
  await transport.handleRequest(request, response);
});
// There is no stream to open and no session to end.
app.all(path, (_request, response) => response.set('allow', 'POST').sendStatus(405));

app.listen(port, ready);
