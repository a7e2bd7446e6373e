import { auth, type OAuthClientProvider, UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { OAuthClientInformationMixed, OAuthTokens } from '@modelcontextprotocol/sdk/shared/auth.js';
import { expect, it, onTestFinished } from 'vitest';
import { RegisterResourceServer } from '../../src/application/resources/register-resource-server.js';
import { runExample } from '../examples/example-process.js';
import { freePort } from '../process/keywright-process.js';
import { Browser } from '../support/browser.js';
import { OAuthCaller } from '../support/oauth.js';
import { listeningServer, type TestServer } from '../support/test-server.js';
import { overFetch } from '../support/transport.js';

const uri = 'https://tool.example/oauth/client.json';
const redirectUrl = 'http://127.0.0.1:49152/callback';

/** What Claude Code and the like keep between two starts: nothing that was registered anywhere. Without a `clientMetadataUrl` it registers itself. */
class ATool implements OAuthClientProvider {
  readonly redirectUrl = redirectUrl;
  readonly clientMetadataUrl?: string;
  readonly clientMetadata = { client_name: 'Tool', redirect_uris: [redirectUrl], grant_types: ['authorization_code', 'refresh_token'] };
  /** Where the person was sent. */
  sent: URL | undefined;
  known: OAuthClientInformationMixed | undefined;
  kept: OAuthTokens | undefined;
  private verifier = '';

  constructor(clientMetadataUrl?: string) {
    if (clientMetadataUrl !== undefined) this.clientMetadataUrl = clientMetadataUrl;
  }

  clientInformation() {
    return this.known;
  }
  saveClientInformation(known: OAuthClientInformationMixed) {
    this.known = known;
  }
  tokens() {
    return this.kept;
  }
  saveTokens(tokens: OAuthTokens) {
    this.kept = tokens;
  }
  redirectToAuthorization(url: URL) {
    this.sent = url;
  }
  saveCodeVerifier(verifier: string) {
    this.verifier = verifier;
  }
  codeVerifier() {
    return this.verifier;
  }
}

/** Keywright, and beside it the MCP server of `examples/`, which is registered there. */
async function anMcpServer(tokenFormat: 'opaque' | 'jwt'): Promise<{ world: TestServer; mcp: URL }> {
  const documents = {
    read: async () =>
      ({
        outcome: 'read',
        metadata: { client_id: uri, client_name: 'Tool', redirect_uris: ['http://127.0.0.1/callback'], token_endpoint_auth_method: 'none' },
      }) as const,
  };
  const world = await listeningServer({ clientMetadata: { admitted: ['tool.example'], documents } });
  onTestFinished(() => world.close());
  const mcp = new URL(`http://localhost:${await freePort()}/mcp`);
  const settings = { name: 'Invoices', tokenFormat, scopes: [{ name: 'invoices:read', sentence: 'See your invoices' }] };
  const { server, secret } = await world.container.resolve(RegisterResourceServer).execute({ actor: 'operator', identifier: mcp.href, settings });
  await runExample('mcp', { ISSUER: world.issuer, AUDIENCE: mcp.href, RESOURCE_SERVER_ID: server.id, RESOURCE_SERVER_SECRET: secret });
  return { world, mcp };
}

it.each([
  ['opaque', 'describes itself', uri],
  ['jwt', 'describes itself', uri],
  ['opaque', 'registers itself', undefined],
] as const)(
  'the MCP SDK connects to an MCP server that it knows the address of and nothing else, with %s tokens, as one that %s',
  async (tokenFormat, _, clientMetadataUrl) => {
    const { world, mcp } = await anMcpServer(tokenFormat);
    const tool = new ATool(clientMetadataUrl);
    const connect = async () => {
      const transport = new StreamableHTTPClientTransport(mcp, { authProvider: tool });
      const client = new Client({ name: 'Tool', version: '1.0.0' });
      try {
        await client.connect(transport);
        return { client, transport };
      } catch (error) {
        if (!(error instanceof UnauthorizedError)) throw error;
        return { client: null, transport };
      }
    };
    const listed = async (client: Client | null) => JSON.stringify(await client?.callTool({ name: 'list_invoices', arguments: {} }));

    // The 401 names the metadata of the MCP server, which names Keywright, which takes the address of a document for a client, and lets others register.
    const { client: refused, transport } = await connect();
    expect([refused, tool.known?.client_id]).toEqual([null, clientMetadataUrl ?? expect.stringMatching(/^self_/)]);
    const back = await new Browser(overFetch, world.issuer).allow(tool.sent as URL);
    await transport.finishAuth(back.searchParams.get('code') ?? '');
    expect(tool.kept?.access_token.startsWith('kw_at_')).toBe(tokenFormat === 'opaque');

    const { client } = await connect();
    expect(await listed(client)).toContain(`for\\\\\\":\\\\\\"${world.person?.id}`.replaceAll('\\\\\\', '\\'));
    await client?.close();

    // As after an hour.
    const before = tool.kept;
    expect(await auth(tool, { serverUrl: mcp })).toBe('AUTHORIZED');
    expect(tool.kept?.access_token).not.toBe(before?.access_token);
    expect(tool.kept?.refresh_token).not.toBe(before?.refresh_token);
    const again = await connect();
    expect(await listed(again.client)).toContain('invoices');
    await again.client?.close();
  },
);

it('the MCP server of the examples answers what cannot be read in JSON, and tells nobody where its files are', async () => {
  const { world, mcp } = await anMcpServer('opaque');
  const client = await world.createClient({ redirectUris: ['https://app.example/callback'], scopes: ['invoices:read'] });
  const { access_token } = await new OAuthCaller(world, overFetch).tokens(client, { scope: 'invoices:read', resource: mcp.href });
  const headers = { authorization: `Bearer ${access_token}`, 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
  for (const body of ['{', 'null', '"x"', `{"x":"${'x'.repeat(5_000_000)}"}`]) {
    const answer = await overFetch(mcp, { method: 'POST', headers, body });
    expect([answer.status, await answer.json()]).toEqual([body.length > 10 ? 413 : 400, expect.objectContaining({ jsonrpc: '2.0', id: null })]);
  }
  const methods = await Promise.all(['GET', 'DELETE'].flatMap((method) => [overFetch(mcp, { method }), overFetch(mcp, { method, headers })]));
  expect(methods.map(({ status }) => status)).toEqual([401, 405, 401, 405]);
});
