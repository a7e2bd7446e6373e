import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WithdrawKey } from '../../src/application/keys/withdraw-key.js';
import { EditResourceServer } from '../../src/application/resources/edit-resource-server.js';
import { RegisterResourceServer } from '../../src/application/resources/register-resource-server.js';
import { Authenticate } from '../../src/application/tokens/authenticate.js';
import { signJwt } from '../../src/domain/keys/sign-jwt.js';
import { type SigningAlgorithm, signingAlgorithms } from '../../src/domain/resources/resource-server.js';
import { basic, credentialsOf, OAuthCaller, type TokenBody } from '../support/oauth.js';
import { listeningServer, type TestClient, type TestServer, testPerson } from '../support/test-server.js';
import { overFetch } from '../support/transport.js';

const invoices = 'https://invoices.example';
const other = 'https://other.example';

let world: TestServer;
let caller: OAuthCaller;
let app: TestClient;
let machine: TestClient;
let server: { id: string; secret: string };

beforeAll(async () => {
  world = await listeningServer();
  caller = new OAuthCaller(world, overFetch);
  const register = (identifier: string, scope: string) =>
    world.container.resolve(RegisterResourceServer).execute({
      actor: 'operator',
      identifier,
      settings: { name: identifier, tokenFormat: 'jwt', scopes: [{ name: scope, sentence: `Use ${scope}` }] },
    });
  const registered = await register(invoices, 'invoices:read');
  server = { id: registered.server.id, secret: registered.secret };
  await register(other, 'other:read');
  app = await world.createClient({ redirectUris: [caller.callback], pkce: 'optional' });
  machine = await world.createClient();
});
afterAll(() => world.close());

const machineToken = async (fields: Record<string, string> = { resource: invoices }): Promise<string> =>
  (await caller.token({ grant_type: 'client_credentials', ...fields }, basic(machine.id, machine.secret))).body.access_token;
const introspect = async (token: string) => (await caller.post<Record<string, unknown>>('/oauth/introspect', { token }, basic(server.id, server.secret))).body;
const remoteKeys = () => createRemoteJWKSet(new URL(`${world.issuer}/oauth/jwks`));
const verify = (token: string) => jwtVerify(token, remoteKeys(), { issuer: world.issuer, audience: invoices, typ: 'at+jwt', currentDate: world.clock.now() });

describe('a token for a resource server that wants JWTs (RFC 9068)', () => {
  it.each(signingAlgorithms)("is verified by jose with the server's remote keys, signed with %s", async (signingAlgorithm: SigningAlgorithm) => {
    await world.container.resolve(EditResourceServer).execute({ actor: 'operator', id: server.id, changes: { signingAlgorithm } });
    const { access_token } = await caller.tokens(app, { resource: invoices, scope: 'default email' });
    const { protectedHeader, payload } = await verify(access_token);
    expect(protectedHeader).toEqual({ typ: 'at+jwt', alg: signingAlgorithm, kid: expect.any(String) });
    expect(payload).toEqual({
      iss: world.issuer,
      sub: world.person?.id,
      aud: invoices,
      exp: expect.any(Number),
      iat: expect.any(Number),
      jti: expect.any(String),
      client_id: app.id,
      scope: 'default email',
      grant_id: expect.any(String),
      auth_time: expect.any(Number),
    });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3600);
    await world.container.resolve(EditResourceServer).execute({ actor: 'operator', id: server.id, changes: { signingAlgorithm: 'ES256' } });
  });

  it('is introspected and revoked like any other, and its claims are those of the answer', async () => {
    const { access_token } = await caller.tokens(app, { resource: invoices });
    const { iat, exp, ...claims } = decodeJwt(access_token);
    expect(await introspect(access_token)).toMatchObject({ active: true, iat, exp, ...claims });
    await caller.post('/oauth/revoke', { token: access_token, ...credentialsOf(app) });
    expect(await introspect(access_token)).toEqual({ active: false, reason: 'revoked', cause: 'revoked_by_client' });
    expect(await world.container.resolve(Authenticate).execute({ token: access_token })).toMatchObject({ active: false, reason: 'revoked' });
  });

  it('says when the person had proved who they are as they allowed it, also after a refresh, and introspection says the same (RFC 9068 §2.2.1, RFC 9470 §6.2)', async () => {
    const browser = caller.browser();
    await browser.signIn('/sign-in', testPerson);
    const signedInAt = Math.floor(world.clock.now().getTime() / 1000);
    world.clock.pass(600);
    const asked = await caller.code(app, { resource: invoices }, browser);
    const { body } = await caller.token({ ...caller.codeForm(asked), ...credentialsOf(app) });
    world.clock.pass(60);
    const refreshed = await caller.token({ grant_type: 'refresh_token', refresh_token: body.refresh_token, ...credentialsOf(app) });
    for (const token of [body.access_token, refreshed.body.access_token]) {
      expect([decodeJwt(token).auth_time, (await introspect(token)).auth_time]).toEqual([signedInAt, signedInAt]);
    }
    const own = await machineToken();
    expect([decodeJwt(own).auth_time, (await introspect(own)).auth_time]).toEqual([undefined, undefined]);
  });

  it('is the same again when a refresh is repeated within its grace window', async () => {
    const { refresh_token } = await caller.tokens(app, { resource: invoices });
    const refresh = async () => (await caller.token({ grant_type: 'refresh_token', refresh_token, ...credentialsOf(app) })).body as TokenBody;
    const [first, second] = [await refresh(), await refresh()];
    expect(decodeProtectedHeader(first.access_token).typ).toBe('at+jwt');
    expect(second).toEqual(first);
  });

  it('is another one, beside the same refresh token, when its key was withdrawn or itself was revoked since', async () => {
    const { refresh_token } = await caller.tokens(app, { resource: invoices });
    const refresh = async () => (await caller.token({ grant_type: 'refresh_token', refresh_token, ...credentialsOf(app) })).body as TokenBody;
    const first = await refresh();
    await world.container.resolve(WithdrawKey).execute({ id: decodeProtectedHeader(first.access_token).kid ?? '' });
    const second = await refresh();
    await caller.post('/oauth/revoke', { token: second.access_token, ...credentialsOf(app) });
    const third = await refresh();
    expect([second.refresh_token, third.refresh_token]).toEqual([first.refresh_token, first.refresh_token]);
    for (const dead of [first, second]) expect(await introspect(dead.access_token)).toMatchObject({ active: false });
    await verify(third.access_token);
  });

  it('is a JWT for one unregistered resource too, where the client asks for that, and is introspected and revoked like any other', async () => {
    const resource = 'https://unregistered.example';
    const asking = await world.createClient({ accessTokenFormat: 'jwt' });
    const tokenFor = async (fields: Record<string, string>) =>
      (await caller.token({ grant_type: 'client_credentials', ...fields }, basic(asking.id, asking.secret))).body.access_token;
    const token = await tokenFor({ resource });
    const expected = { issuer: world.issuer, audience: resource, typ: 'at+jwt', currentDate: world.clock.now() };
    const { payload, protectedHeader } = await jwtVerify(token, remoteKeys(), expected);
    expect([payload.client_id, protectedHeader.alg]).toEqual([asking.id, 'ES256']);
    const state = async () => (await caller.post('/oauth/introspect', { token, ...credentialsOf(asking) })).body;
    expect(await state()).toMatchObject({ active: true, aud: resource, jti: payload.jti });
    await caller.post('/oauth/revoke', { token, ...credentialsOf(asking) });
    expect(await state()).toEqual({ active: false });
    expect(await tokenFor({})).toMatch(/^kw_at_/);
  });

  it('is refused everywhere once its key was withdrawn, and the next is signed with another', async () => {
    const { access_token } = await caller.tokens(app, { resource: invoices });
    const { kid = '' } = decodeProtectedHeader(access_token);
    await verify(access_token);
    await world.container.resolve(WithdrawKey).execute({ id: kid });
    await expect(verify(access_token)).rejects.toThrow('no applicable key');
    expect(await introspect(access_token)).toEqual({ active: false, reason: 'revoked', cause: 'revoked_by_operator' });
    expect((await caller.send(`${world.issuer}/oauth/me`, { headers: { authorization: `Bearer ${access_token}` } })).status).toBe(401);
    const next = await machineToken();
    expect(decodeProtectedHeader(next).kid).not.toBe(kid);
    await verify(next);
    expect(await introspect(next)).toMatchObject({ active: true });
  });

  it('is opaque for two resources, for an unregistered one, and for none (RFC 8707 §2)', async () => {
    expect(await machineToken({ resource: 'https://unregistered.example' })).toMatch(/^kw_at_/);
    expect(await machineToken({})).toMatch(/^kw_at_/);
    const both = await caller.token(
      [
        ['grant_type', 'client_credentials'],
        ['resource', invoices],
        ['resource', other],
      ],
      basic(machine.id, machine.secret),
    );
    expect(both.body.access_token).toMatch(/^kw_at_/);
  });
});

describe('the keys at /oauth/jwks (RFC 7517 §5)', () => {
  it('are public, cacheable and named in the metadata (RFC 8414 §2)', async () => {
    await machineToken();
    const metadata = (await (await fetch(`${world.issuer}/.well-known/oauth-authorization-server`)).json()) as Record<string, unknown>;
    expect(metadata).toMatchObject({ jwks_uri: `${world.issuer}/oauth/jwks`, access_token_signing_alg_values_supported: ['ES256', 'EdDSA', 'RS256'] });
    const response = await fetch(`${world.issuer}/oauth/jwks`);
    expect(response.headers.get('cache-control')).toBe('public, max-age=300');
    const { keys } = (await response.json()) as { keys: Record<string, unknown>[] };
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys) for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']) expect(key).not.toHaveProperty(secret);
  });
});

describe('a JWT that this server did not issue as an access token', () => {
  const es256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const signed = (kid: string, typ: string, claims: Record<string, unknown>, privateKey: KeyObject = es256.privateKey) =>
    signJwt({ kid, algorithm: 'ES256', privateKey }, typ, claims);
  const withHeader = async (good: string, header: Record<string, unknown>) => {
    const [, claims, signature] = good.split('.');
    return `${encode({ ...decodeProtectedHeader(good), ...header })}.${claims}.${signature}`;
  };
  const publicPem = async (kid: unknown) => {
    const { keys } = (await (await fetch(`${world.issuer}/oauth/jwks`)).json()) as { keys: Record<string, string>[] };
    return createPublicKey({ format: 'jwk', key: keys.find((key) => key.kid === kid) as never }).export({ format: 'pem', type: 'spki' });
  };

  const forgeries: [string, (good: string) => Promise<string>, reason: string][] = [
    ['with alg none', async (good) => `${encode({ typ: 'at+jwt', alg: 'none' })}.${good.split('.')[1]}.`, 'malformed'],
    ['with alg none and the old signature', (good) => withHeader(good, { alg: 'none' }), 'unknown'],
    [
      'signed with HS256 and the public key',
      async (good) => {
        const { kid } = decodeProtectedHeader(good);
        const body = `${encode({ typ: 'at+jwt', alg: 'HS256', kid })}.${good.split('.')[1]}`;
        return `${body}.${createHmac('sha256', await publicPem(kid))
          .update(body)
          .digest('base64url')}`;
      },
      'unknown',
    ],
    ['signed with a foreign key under a foreign kid', (good) => signed('foreign', 'at+jwt', decodeJwt(good)), 'unknown'],
    ['signed with a foreign key under our kid', (good) => signed(String(decodeProtectedHeader(good).kid), 'at+jwt', decodeJwt(good)), 'unknown'],
    ['that names a jku', (good) => withHeader(good, { jku: 'http://127.0.0.1:9/keys' }), 'unknown'],
    ['that names an x5u', (good) => withHeader(good, { x5u: 'http://127.0.0.1:9/cert' }), 'unknown'],
    ['that is an id token', (good) => signed(String(decodeProtectedHeader(good).kid), 'JWT', decodeJwt(good)), 'malformed'],
    ['whose claims were changed', async (good) => good.replace(/\.[^.]+\./, `.${encode({ ...decodeJwt(good), scope: 'admin' })}.`), 'unknown'],
    ['whose signature was cut off', async (good) => good.slice(0, -1), 'unknown'],
    ['without a jti', (good) => signed('x', 'at+jwt', { ...decodeJwt(good), jti: undefined }), 'malformed'],
    ['with a jti that nobody has', (good) => signed('x', 'at+jwt', { ...decodeJwt(good), jti: '01a214ea-8b49-71a3-9e8c-63c92d9f9327' }), 'unknown'],
    ['with claims that are no object', async () => `${encode({ typ: 'at+jwt', alg: 'ES256' })}.${encode(null)}.AAAA`, 'malformed'],
    ['longer than any of ours', async (good) => `${good}${'A'.repeat(9000)}`, 'malformed'],
  ];

  it.each(forgeries)('%s is refused at every door, with no outgoing request', async (_, forge, reason) => {
    const good = await machineToken();
    const forged = await forge(good);
    const outgoing = vi.spyOn(globalThis, 'fetch');
    expect(await world.container.resolve(Authenticate).execute({ token: forged })).toEqual({ active: false, reason });
    expect(outgoing).not.toHaveBeenCalled();
    outgoing.mockRestore();
    expect(await introspect(forged)).toEqual({ active: false, reason });
    expect((await caller.me(forged)).status).toBe(401);
    expect(await introspect(good)).toMatchObject({ active: true });
  });

  it('for another resource is not active for this one (RFC 8707 §2)', async () => {
    const token = await machineToken({ resource: other });
    expect(await introspect(token)).toEqual({ active: false, reason: 'wrong_audience' });
    await expect(verify(token)).rejects.toThrow('unexpected "aud" claim value');
  });
});
