import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basic, credentialsOf, OAuthCaller } from '../support/oauth.js';
import { type TestServer, testServer } from '../support/test-server.js';

type Metadata = Record<string, string> & Record<`${string}_supported`, string[]>;

/** What the server says about itself must be what it does: a client believes it. */
describe('The metadata (RFC 8414)', () => {
  let world: TestServer;
  let caller: OAuthCaller;
  let metadata: Metadata;

  beforeAll(async () => {
    world = await testServer({ env: { ISSUER: 'https://auth.example.com' } });
    caller = new OAuthCaller(world);
    metadata = (await (await caller.send(`${world.issuer}/.well-known/oauth-authorization-server`)).json()) as Metadata;
  });
  afterAll(() => world.close());

  it('names the issuer byte for byte, as iss and introspection do (§3.3, RFC 9207 §2.4)', async () => {
    const app = await world.createClient({ redirectUris: [caller.callback] });
    const back = await caller.browser().allow(caller.authorizationUrl(app, { code_challenge: 'A'.repeat(43), code_challenge_method: 'S256' }));
    expect(metadata.issuer).toBe('https://auth.example.com');
    expect(back.searchParams.get('iss')).toBe(metadata.issuer);
    expect(metadata.authorization_response_iss_parameter_supported).toBe(true);
    const api = await world.createClient({ redirectUris: [] });
    const { access_token } = (await caller.token({ grant_type: 'client_credentials', ...credentialsOf(api) })).body;
    expect((await caller.post<Record<string, unknown>>('/oauth/introspect', { token: access_token, ...credentialsOf(api) })).body.iss).toBe(metadata.issuer);
  });

  it.each(['authorization_endpoint', 'token_endpoint', 'revocation_endpoint', 'introspection_endpoint'])('names %s where one answers', async (name) => {
    const address = metadata[name] ?? '';
    expect(address.startsWith(`${world.issuer}/`)).toBe(true);
    expect([404, 405]).not.toContain((await caller.send(address, { method: name === 'authorization_endpoint' ? 'GET' : 'POST' })).status);
  });

  it('names as userinfo_endpoint what answers GET and POST with sub and the claims of the scopes (OpenID Connect Core §5.3, §5.4)', async () => {
    const app = await world.createClient({ redirectUris: [caller.callback] });
    const { access_token } = await caller.tokens(app, { scope: 'profile email' });
    for (const method of ['GET', 'POST']) {
      const response = await caller.send(metadata.userinfo_endpoint ?? '', { method, headers: { authorization: `Bearer ${access_token}` } });
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
      expect(await response.json()).toMatchObject({ sub: world.person?.id, preferred_username: 'ada', email: 'ada@example.com' });
    }
  });

  it('stands at the address of OpenID Connect too, where some clients look (§5), with all that they require there (OpenID Connect Discovery §3)', async () => {
    const document = (await (await caller.send(`${world.issuer}/.well-known/openid-configuration`)).json()) as Metadata;
    const requiredThere = { subject_types_supported: ['public'], id_token_signing_alg_values_supported: [], request_uri_parameter_supported: false };
    expect(document).toEqual({ ...metadata, ...requiredThere });
    for (const member of ['issuer', 'authorization_endpoint', 'token_endpoint', 'jwks_uri', 'response_types_supported'])
      expect(document).toHaveProperty(member);
  });

  it('says in truth that no ID token is issued, and that a person is the same sub to every client', async () => {
    const subjects = new Set<unknown>();
    for (const name of ['One app', 'Another']) {
      const tokens = await caller.tokens(await world.createClient({ name, redirectUris: [caller.callback] }));
      expect(tokens).not.toHaveProperty('id_token');
      subjects.add((await caller.me(tokens.access_token)).body.sub);
    }
    expect([...subjects]).toEqual([world.person?.id]);
  });

  it('names the scopes that any client may be given, and none of the API: clients ask for all they see (§2)', () => {
    expect(metadata.scopes_supported).toEqual(['default', 'profile', 'email', 'offline_access']);
  });

  it('may be cached for a while and read from anywhere', async () => {
    const { headers } = await caller.send(`${world.issuer}/.well-known/oauth-authorization-server`, { headers: { origin: 'https://spa.example' } });
    expect(headers.get('cache-control')).toBe('public, max-age=300');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('content-type')).toMatch(/^application\/json/);
  });

  it('names every grant type that the token endpoint takes, and no other', async () => {
    for (const grant_type of [
      'authorization_code',
      'refresh_token',
      'client_credentials',
      'password',
      'implicit',
      'urn:ietf:params:oauth:grant-type:device_code',
      'urn:ietf:params:oauth:grant-type:jwt-bearer',
    ]) {
      const api = await world.createClient({ redirectUris: [] });
      const { error } = (await caller.token({ grant_type, ...credentialsOf(api) })).body;
      expect(error !== 'unsupported_grant_type').toBe(metadata.grant_types_supported?.includes(grant_type));
    }
  });

  it('names every way to authenticate that the endpoints take, and no other', async () => {
    const api = await world.createClient({ redirectUris: [] });
    const spa = await world.createClient({ type: 'public', redirectUris: [caller.callback] });
    const ways = {
      client_secret_basic: [{}, basic(api.id, api.secret)],
      client_secret_post: [credentialsOf(api), {}],
      none: [{ client_id: spa.id }, {}],
    } as const;
    for (const [endpoint, path] of [
      ['token', '/oauth/token'],
      ['revocation', '/oauth/revoke'],
      ['introspection', '/oauth/introspect'],
    ]) {
      const named = metadata[`${endpoint}_endpoint_auth_methods_supported`] as unknown as string[];
      for (const [way, [fields, headers]] of Object.entries(ways)) {
        const { status } = await caller.post(
          path as string,
          { grant_type: 'authorization_code', code: 'x', token: 'x', ...fields } as Record<string, string>,
          headers as Record<string, string>,
        );
        expect(status !== 401).toBe(named.includes(way));
      }
      expect(named.every((way) => way in ways)).toBe(true);
    }
  });

  it('names the scopes of the catalogue, which can be asked for', async () => {
    const standard = ['default', 'profile', 'email', 'offline_access'];
    const api = await world.createClient({ redirectUris: [], scopes: standard });
    expect(metadata.scopes_supported).toEqual(expect.arrayContaining(standard));
    expect(await caller.token({ grant_type: 'client_credentials', scope: standard.join(' '), ...credentialsOf(api) })).toMatchObject({ status: 200 });
  });

  it('names S256 alone, and code alone, in the query alone', () => {
    expect(metadata.code_challenge_methods_supported).toEqual(['S256']);
    expect(metadata.response_types_supported).toEqual(['code']);
    expect(metadata.response_modes_supported).toEqual(['query']);
  });

  it("names the scopes of a catalogue of one's own", async () => {
    const own = await testServer({ env: { SCOPES: '{"read": "Read things", "write": "Write things"}' } });
    const response = await new OAuthCaller(own).send(`${own.issuer}/.well-known/oauth-authorization-server`);
    expect(((await response.json()) as Metadata).scopes_supported).toEqual(['read', 'write']);
    await own.close();
  });
});

describe('The state of the server', () => {
  it('/healthz: it lives; /readyz: it can serve', async () => {
    const world = await testServer();
    const { send } = new OAuthCaller(world);
    expect(await (await send('/healthz')).json()).toEqual({ status: 'ok' });
    expect(await (await send('/readyz')).json()).toEqual({ status: 'ready' });
    await world.close();
  });
});
