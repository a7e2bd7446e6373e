import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import http from 'node:http';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { RevokeClientTokens } from '../../src/application/clients/revoke-client-tokens.js';
import { SetClientDisabled } from '../../src/application/clients/set-client-disabled.js';
import { DisableUser } from '../../src/application/people/disable-user.js';
import { EnableUser } from '../../src/application/people/enable-user.js';
import { RegisterResourceServer } from '../../src/application/resources/register-resource-server.js';
import { createVerifier, type Verification, type Verifier, type VerifierOptions } from '../../src/verify/create-verifier.js';
import { credentialsOf, OAuthCaller } from '../support/oauth.js';
import { listeningServer, type TestClient, type TestServer } from '../support/test-server.js';
import { confused, Signer } from './signer.js';

const formats = ['opaque', 'jwt'] as const;
const audienceOf = (format: string) => `https://${format}.example`;

let world: TestServer;
let caller: OAuthCaller;
let app: TestClient;
const credentials: Record<string, { id: string; secret: string }> = {};
const verifiers: Verifier[] = [];

/** One server with a resource server of each format; every verifier is told by it, and believes its own clock. */
beforeAll(async () => {
  world = await listeningServer();
  caller = new OAuthCaller(world);
  app = await world.createClient({ redirectUris: [caller.callback], grantTypes: ['authorization_code', 'refresh_token', 'client_credentials'] });
  for (const tokenFormat of formats) {
    const identifier = audienceOf(tokenFormat);
    const { server, secret } = await world.container
      .resolve(RegisterResourceServer)
      .execute({ actor: 'operator', identifier, settings: { name: tokenFormat, tokenFormat } });
    credentials[tokenFormat] = { id: server.id, secret };
  }
});
afterAll(async () => {
  for (const verifier of verifiers) verifier.close();
  await world.close();
});

function verifierFor(format: string, options: Partial<VerifierOptions> = {}): Verifier {
  const own = credentials[format] as { id: string; secret: string };
  const verifier = createVerifier({ issuer: world.issuer, audience: audienceOf(format), credentials: own, whenUnavailable: 'deny', maxAge: 3600, ...options });
  verifiers.push(verifier);
  return verifier;
}

/** Of the client for itself, and of its person. */
const tokenFor = async (format: string) =>
  (await caller.token({ grant_type: 'client_credentials', resource: audienceOf(format), ...credentialsOf(app) })).body.access_token;
const personalToken = async (format: string) => (await caller.tokens(app, { resource: audienceOf(format) })).access_token;
const revoke = (token: string) => caller.post('/oauth/revoke', { token, ...credentialsOf(app) });
const told = (verification: Verification) => (verification.active ? 'active' : verification.reason);
const waitFor = (verifier: Verifier, token: string, answer: unknown) =>
  vi.waitFor(async () => expect(await verifier.verify(token)).toMatchObject(answer as object), { timeout: 10_000, interval: 5 });

/** Known as good, and followed: it is said again without a question. */
async function settled(verifier: Verifier, token: string): Promise<void> {
  const request = vi.spyOn(http, 'request');
  await vi.waitFor(
    async () => {
      expect(told(await verifier.verify(token))).toBe('active');
      request.mockClear();
      expect(told(await verifier.verify(token))).toBe('active');
      expect(request).not.toHaveBeenCalled();
    },
    { timeout: 10_000, interval: 20 },
  );
  request.mockRestore();
}

describe.each(formats)('A registered resource server that wants %s tokens', (format) => {
  test('takes one of its own with what it says, and refuses one for another (RFC 8707 §2)', async () => {
    const verifier = verifierFor(format);
    expect(await verifier.verify(await personalToken(format), { scopes: ['email'] })).toMatchObject({
      active: true,
      claims: { iss: world.issuer, sub: world.person?.id, client_id: app.id, aud: audienceOf(format) },
      scopes: ['default', 'email'],
    });
    const other = format === 'jwt' ? 'opaque' : 'jwt';
    expect(await verifier.verify(await tokenFor(other))).toMatchObject({ active: false, reason: 'wrong_audience' });
  });

  test('is told by whom one was revoked that it knew as good', async () => {
    const verifier = verifierFor(format);
    const token = await tokenFor(format);
    await settled(verifier, token);
    await revoke(token);
    await waitFor(verifier, token, { active: false, reason: 'revoked', cause: 'revoked_by_client' });
  });

  test('is told at once when everything of a client is ended, what it obtained for itself too, and takes what it obtains afterwards', async () => {
    const verifier = verifierFor(format);
    const [own, personal] = [(await tokenFor(format)) as string, await personalToken(format)];
    for (const token of [own, personal]) await settled(verifier, token);
    await world.container.resolve(RevokeClientTokens).execute({ actor: 'operator', clientId: app.id });
    const after = (await tokenFor(format)) as string;
    expect(told(await verifier.verify(after))).toBe('active');
    for (const token of [own, personal]) await waitFor(verifier, token, { active: false, reason: 'revoked', cause: 'revoked_by_operator' });
    await settled(verifier, after);
  });

  test('refuses one that was revoked before its verifier began, from the first question on', async () => {
    const [first, second, third] = [await tokenFor(format), await tokenFor(format), await tokenFor(format)] as [string, string, string];
    for (const token of [first, second]) await revoke(token);
    const verifier = verifierFor(format);
    expect(told(await verifier.verify(first))).toBe('revoked');
    await settled(verifier, third);
    expect(told(await verifier.verify(second))).toBe('revoked');
  });

  test('refuses those of a disabled client until it is enabled, and those that a disabled person gave for good', async () => {
    const verifier = verifierFor(format, { refusedMaxAge: 0 });
    const token = await personalToken(format);
    const setDisabled = (disabled: boolean) => world.container.resolve(SetClientDisabled).execute({ actor: 'operator', clientId: app.id, disabled });
    await settled(verifier, token);
    await setDisabled(true);
    await waitFor(verifier, token, { active: false, reason: 'client_disabled' });
    await setDisabled(false);
    await waitFor(verifier, token, { active: true });
    const id = world.person?.id as string;
    await settled(verifier, token);
    await world.container.resolve(DisableUser).execute({ actor: 'operator', user: { id } });
    await waitFor(verifier, token, { active: false, reason: 'revoked', cause: 'revoked_by_operator' });
    await world.container.resolve(EnableUser).execute({ actor: 'operator', user: { id } });
  });
});

/** From a good token, something that must not pass for one; and what it is refused for. */
const forgeries: Record<string, [forge: (good: string) => string | Promise<string>, reason: string]> = {
  'alg none (RFC 8725 §2.1)': [(good) => `${reheaded(good, { alg: 'none' })}.`, 'malformed'],
  'alg none under the old signature': [(good) => `${reheaded(good, { alg: 'none' })}.${good.split('.')[2]}`, 'malformed'],
  'HS256 with the public key (RFC 8725 §2.1)': [
    async (good) => confused(await publishedKey(good), decodeProtectedHeader(good).kid as string, decodeJwt(good)),
    'malformed',
  ],
  'a foreign kid': [(good) => new Signer('ES256', 'foreign').token(decodeJwt(good)), 'unknown'],
  'our kid over a foreign key': [(good) => new Signer('ES256', decodeProtectedHeader(good).kid as string).token(decodeJwt(good)), 'unknown'],
  'jku (RFC 8725 §3.10)': [(good) => `${reheaded(good, { jku: 'http://127.0.0.1:9/keys' })}.${good.split('.')[2]}`, 'malformed'],
  x5u: [(good) => `${reheaded(good, { x5u: 'http://127.0.0.1:9/cert' })}.${good.split('.')[2]}`, 'malformed'],
  'an id token (RFC 9068 §5)': [(good) => `${reheaded(good, { typ: 'JWT' })}.${good.split('.')[2]}`, 'malformed'],
  'another audience (RFC 8707 §2)': [(good) => new Signer().token({ ...decodeJwt(good), aud: 'https://other.example' }), 'wrong_audience'],
};

function reheaded(good: string, header: Record<string, unknown>): string {
  return `${Buffer.from(JSON.stringify({ ...decodeProtectedHeader(good), ...header })).toString('base64url')}.${good.split('.')[1]}`;
}

/** The public half of what signed it. */
async function publishedKey(good: string): Promise<KeyObject> {
  const { kid } = decodeProtectedHeader(good);
  const { keys } = (await (await fetch(`${world.issuer}/oauth/jwks`)).json()) as { keys: JsonWebKey[] };
  return createPublicKey({ format: 'jwk', key: keys.find((key) => key.kid === kid) as JsonWebKey });
}

test.each(Object.entries(forgeries))('of %s no verifier makes a good token, and it asks nobody', async (_, [forge, reason]) => {
  const verifier = verifierFor('jwt');
  const good = await tokenFor('jwt');
  await settled(verifier, good);
  const forged = await forge(good);
  const outgoing = [vi.spyOn(http, 'request'), vi.spyOn(globalThis, 'fetch')];
  expect(await verifier.verify(forged)).toEqual({ active: false, reason });
  for (const one of outgoing) expect(one).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});
