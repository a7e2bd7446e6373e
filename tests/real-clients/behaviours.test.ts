import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DeleteClient } from '../../src/application/clients/delete-client.js';
import { basic, credentialsOf, OAuthCaller, type TokenBody } from '../support/oauth.js';
import { pkce } from '../support/pkce.js';
import { type TestServer, testServer } from '../support/test-server.js';
import { overTheWire } from './journey.js';

/** Clients that cannot run here, in the exact manner in which they call, as their documentation and source say. */
let world: TestServer;
let caller: OAuthCaller;

beforeAll(async () => {
  ({ world, caller } = await overTheWire());
});
afterAll(() => world.close());

describe('Zapier', () => {
  const callback = 'https://zapier.com/dashboard/auth/oauth/return/App123CLIAPI/';

  it.each([
    ['without PKCE, which is off unless switched on', 'optional', {}],
    ['with PKCE', 'required', { challenged: true }],
  ] as const)('connects %s, labels the connection, and refreshes when it gets a 401', async (_, policy, { challenged = false }: { challenged?: boolean }) => {
    const zapier = await world.createClient({ name: 'Zapier', pkce: policy, redirectUris: [callback] });
    const { verifier, challenge } = pkce();
    const sent = { redirect_uri: callback, state: '1732385953.123abc==', ...(challenged && { code_challenge: challenge, code_challenge_method: 'S256' }) };
    const back = await caller.browser().allow(caller.authorizationUrl(zapier, sent));
    expect(back.searchParams.get('state')).toBe(sent.state);

    // Its template sends the credentials in the body and no redirect_uri.
    const code = back.searchParams.get('code') ?? '';
    const { body } = await caller.token({ ...credentialsOf(zapier), grant_type: 'authorization_code', code, ...(challenged && { code_verifier: verifier }) });
    expect(body).toMatchObject({ access_token: expect.any(String), refresh_token: expect.any(String), expires_in: 3600 });
    expect(await caller.me(body.access_token)).toMatchObject({ status: 200, body: { username: 'ada', email: 'ada@example.com' } });

    world.clock.pass(3600);
    expect(await caller.me(body.access_token)).toMatchObject({ status: 401 });
    const refreshed = await caller.token({ ...credentialsOf(zapier), grant_type: 'refresh_token', refresh_token: body.refresh_token });
    expect(refreshed.body.refresh_token).toEqual(expect.any(String));
    expect(await caller.me(refreshed.body.access_token)).toMatchObject({ status: 200 });
  });

  it('whose twenty workers all notice the 401 at once stays connected', async () => {
    const zapier = await world.createClient({ name: 'Zapier', redirectUris: [callback] });
    const { refresh_token } = await caller.tokens(zapier, { redirect_uri: callback });
    const form = { ...credentialsOf(zapier), grant_type: 'refresh_token', refresh_token };
    const answers = await Promise.all(Array.from({ length: 20 }, () => caller.token(form)));
    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
    expect(await caller.me(answers[0]?.body.access_token ?? '')).toMatchObject({ status: 200 });
  });
});

describe('n8n', () => {
  it('sends its credentials by Basic and in the body at once', async () => {
    const redirect_uri = 'https://n8n.example/rest/oauth2-credential/callback';
    const n8n = await world.createClient({ name: 'n8n', redirectUris: [redirect_uri] });
    const state = Buffer.from(JSON.stringify({ token: 'x/y+z=', cid: '42', createdAt: 1 })).toString('base64');
    const { code, verifier } = await caller.code(n8n, { redirect_uri, state });
    const both = (fields: Record<string, string>) => caller.token({ ...fields, ...credentialsOf(n8n) }, basic(n8n.id, n8n.secret));
    const { status, body } = await both({ grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri });
    expect(status).toBe(200);
    expect(await both({ grant_type: 'refresh_token', refresh_token: body.refresh_token })).toMatchObject({ status: 200 });
  });
});

describe('Postman', () => {
  it('gets its tokens with the body and refreshes by Basic whatever was chosen', async () => {
    const redirect_uri = 'https://oauth.pstmn.io/v1/callback';
    const postman = await world.createClient({ name: 'Postman', redirectUris: [redirect_uri, 'https://oauth.pstmn.io/v1/browser-callback'] });
    const { refresh_token } = await caller.tokens(postman, { redirect_uri });
    const refreshed = await caller.token({ grant_type: 'refresh_token', refresh_token }, basic(postman.id, postman.secret));
    expect(refreshed).toMatchObject({ status: 200, body: { refresh_token: expect.any(String) } });
  });
});

describe('GPT Actions', () => {
  it('is the same client at two addresses, and knows no PKCE', async () => {
    const redirectUris = ['https://chat.openai.com/aip/g-123/oauth/callback', 'https://chatgpt.com/aip/g-123/oauth/callback'];
    const gpt = await world.createClient({ name: 'A GPT', pkce: 'optional', redirectUris });
    for (const redirect_uri of redirectUris) {
      const back = await caller.browser().allow(caller.authorizationUrl(gpt, { redirect_uri, state: 'abc' }));
      expect(back.href.startsWith(`${redirect_uri}?code=`)).toBe(true);
      const form = { grant_type: 'authorization_code', code: back.searchParams.get('code') ?? '', redirect_uri };
      expect(await caller.token({ ...form, ...credentialsOf(gpt) })).toMatchObject({ status: 200 });
    }
  });
});

describe('Auth.js, with a provider of type oauth', () => {
  const redirect_uri = 'https://site.example/auth/callback/keywright';
  const code_challenge = pkce().challenge;
  // What it asks for unless it is told other scopes.
  const sent = { redirect_uri, scope: 'openid profile email', code_challenge, code_challenge_method: 'S256' };

  it('is told to leave openid out, without anybody being asked to sign in, for no ID token would follow', async () => {
    const site = await world.createClient({ name: 'Auth.js', redirectUris: [redirect_uri] });
    const response = await caller.send(caller.authorizationUrl(site, { ...sent, state: 'abc' }));
    const back = new URL(response.headers.get('location') ?? '');
    expect(back.href.startsWith(`${redirect_uri}?`)).toBe(true);
    expect(Object.fromEntries(back.searchParams)).toEqual({
      error: 'invalid_scope',
      error_description: 'this client may not ask for openid: this server issues no ID tokens, so leave openid out of the scopes',
      state: 'abc',
      iss: world.issuer,
    });
  });

  it('connects as it is where the team has a scope of that name, and reads the user info', async () => {
    const own = await testServer({ env: { SCOPES: '{"openid": "See who you are", "profile": "See your user name", "email": "See your e-mail address"}' } });
    const there = new OAuthCaller(own);
    const { verifier, challenge } = pkce();
    const site = await own.createClient({ name: 'Auth.js', redirectUris: [redirect_uri] });
    const back = await there.browser().allow(there.authorizationUrl(site, { ...sent, code_challenge: challenge }));
    const form = { grant_type: 'authorization_code', code: back.searchParams.get('code') ?? '', code_verifier: verifier, redirect_uri };
    const { body } = await there.token(form, basic(site.id, site.secret));
    expect(body).toMatchObject({ scope: 'openid profile email' });
    expect(body).not.toHaveProperty('id_token');
    expect((await there.me(body.access_token)).body).toMatchObject({ sub: own.person?.id, preferred_username: 'ada', email: 'ada@example.com' });
    await own.close();
  });
});

describe('The MCP SDK', () => {
  const redirect_uri = 'https://claude.ai/api/mcp/auth_callback';
  const resource = 'https://mcp.example.com/';

  it('sends raw Basic, a resource with a trailing slash and no state, and chooses its ways from the metadata', async () => {
    const metadata = (await (await fetch(`${world.issuer}/.well-known/oauth-authorization-server`)).json()) as Record<string, string[]>;
    expect(metadata.token_endpoint_auth_methods_supported?.[0]).toBe('client_secret_basic');
    expect(metadata.code_challenge_methods_supported).toContain('S256');

    const claude = await world.createClient({ name: 'Claude', redirectUris: [redirect_uri, 'https://claude.com/api/mcp/auth_callback'] });
    const { verifier, challenge } = pkce();
    // `offline_access` and `prompt=consent`, because the metadata names the scope.
    const sent = { redirect_uri, resource, scope: 'default offline_access', prompt: 'consent', code_challenge: challenge, code_challenge_method: 'S256' };
    const back = await caller.browser().allow(caller.authorizationUrl(claude, sent));
    expect([...back.searchParams.keys()].sort()).toEqual(['code', 'iss']);

    const raw = basic(claude.id, claude.secret, (text) => text);
    const form = { grant_type: 'authorization_code', code: back.searchParams.get('code') ?? '', code_verifier: verifier, redirect_uri, resource };
    const { status, body } = await caller.token(form, raw);
    expect([status, body.scope]).toEqual([200, 'default offline_access']);
    const refreshed = await caller.token({ grant_type: 'refresh_token', refresh_token: body.refresh_token, resource }, raw);
    expect(refreshed.status).toBe(200);
    for (const { access_token } of [body, refreshed.body]) {
      expect(await caller.post('/oauth/introspect', { token: access_token }, raw)).toMatchObject({ body: { active: true, aud: resource } });
    }
  });

  it('is told by 401 and invalid_client that its client is gone, and by invalid_grant that its tokens are', async () => {
    const claude = await world.createClient({ name: 'Claude', type: 'public', redirectUris: [redirect_uri] });
    const { refresh_token } = await caller.tokens(claude, { redirect_uri });
    const refresh = () => caller.token({ grant_type: 'refresh_token', refresh_token, client_id: claude.id, resource });
    await caller.post('/oauth/revoke', { token: refresh_token, client_id: claude.id });
    expect(await refresh()).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    await world.container.resolve(DeleteClient).execute({ actor: 'operator', clientId: claude.id });
    expect(await refresh()).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });
});

describe('Claude Code and its like', () => {
  /** Opens a port of its own, as such a client does, and waits for the browser. */
  async function signInFromPort(client: { id: string }, host: string): Promise<TokenBody> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const redirect_uri = `http://${host}:${port}/callback`;
    const received = new Promise<URL>((resolve) => {
      server.on('request', (request, response) => {
        response.end('You can close this window.');
        resolve(new URL(request.url ?? '', redirect_uri));
      });
    });
    const { verifier, challenge } = pkce();
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: client.id,
      redirect_uri,
      state: 's',
      code_challenge: challenge,
      code_challenge_method: 'S256',
    });
    const back = await caller.browser().allow(`${world.issuer}/oauth/authorize?${query}`);
    await fetch(`http://127.0.0.1:${port}${back.pathname}${back.search}`);
    const code = (await received).searchParams.get('code') ?? '';
    await new Promise((resolve) => server.close(resolve));
    const { status, body } = await caller.token({ grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri, client_id: client.id });
    expect(status).toBe(200);
    return body;
  }

  it.each(['127.0.0.1', 'localhost'])('comes from another port of %s each time (RFC 8252 §7.3)', async (host) => {
    const cli = await world.createClient({ name: 'A command line', type: 'public', redirectUris: [`http://${host}/callback`] });
    const first = await signInFromPort(cli, host);
    const second = await signInFromPort(cli, host);
    for (const { access_token } of [first, second]) expect(await caller.me(access_token)).toMatchObject({ status: 200 });
    expect(await caller.token({ grant_type: 'refresh_token', refresh_token: first.refresh_token, client_id: cli.id })).toMatchObject({ status: 200 });
  });
});
