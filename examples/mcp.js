import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { createVerifier } from 'keywright/verify';
import { requireToken, serveMetadata } from 'keywright/verify/express';
import { options, port, ready } from './settings.js';

const app = express();
const verifier = createVerifier(options);
app.use(serveMetadata(verifier, { scopes: ['invoices:read'] }));

// The path of AUDIENCE. Each request has a server of its own, so that any number of processes may answer.
app.post(new URL(options.audience).pathname, requireToken(verifier, 'invoices:read'), express.json(), async (request, response) => {
  const server = new McpServer({ name: 'Invoices', version: '1.0.0' });
  server.registerTool('list_invoices', { description: 'The invoices of whoever asks.' }, () => ({
    content: [{ type: 'text', text: JSON.stringify({ invoices: [], for: request.token.claims.sub }) }],
  }));
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  response.on('close', () => transport.close());
  await server.connect(transport);
  await transport.handleRequest(request, response, request.body);
});

app.listen(port, ready);
