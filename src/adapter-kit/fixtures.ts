import { randomBytes, randomUUID } from 'node:crypto';
import type { AuthorizationRequest } from '../domain/authorization/authorization-request.js';
import type { Consent } from '../domain/authorization/consent.js';
import type { Grant } from '../domain/authorization/grant.js';
import { type Client, type ClientSettings, newClientId } from '../domain/clients/client.js';
import type { ClientSecret } from '../domain/clients/client-secret.js';
import type { SigningKey } from '../domain/keys/signing-key.js';
import type { LinkedIdentity } from '../domain/people/identity.js';
import type { Session } from '../domain/people/session.js';
import type { UpstreamRequest } from '../domain/people/upstream-request.js';
import type { User } from '../domain/people/user.js';
import { newResourceServerId, type ResourceServer, type ResourceServerSecret } from '../domain/resources/resource-server.js';
import { uuid7 } from '../domain/tokens/uuid7.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** The moment at which everything here is made, and moments after it, in milliseconds. */
export const now = new Date('2026-03-04T05:06:07.089Z');
export const plus = (milliseconds: number, moment = now): Date => new Date(moment.getTime() + milliseconds);

/** Keys under which nothing can be found: some cannot even be asked for in SQL, and some must not become "any". */
export const strangeKeys = [undefined as never, '', 'garbage', 'nul\0byte', "' OR 1=1 --", '%', '00000000-0000-7000-8000-00000000000g', 'x'.repeat(20_000)];

/** Texts that an adapter might bend on their way into the store and back. */
export const trickyTexts = [
  'NULL',
  'a,b',
  '{c}',
  '"d"',
  "e'f",
  'g\\h',
  'line\nbreak',
  'tab\t',
  ' blank ',
  'zażółć',
  '日本語',
  '\u202eעברית',
  '👩‍👩‍👧',
  'e\u0301',
  '<b>&amp;',
];

/** Where the answers to consents go. */
export const agreedAt = 'https://client.example/callback';

export const farthest = new Date('9999-12-31T23:59:59.999Z');

export const newBytes = (length = 32): Uint8Array => new Uint8Array(randomBytes(length));

export function someUser(fields: Partial<User> = {}): User {
  const id = uuid7(fields.createdAt ?? now);
  return { id, email: `${id}@example.com`, username: 'Ada', passwordHash: '$argon2id$…', admin: false, createdAt: plus(0), disabledAt: null, ...fields };
}

export function someSettings(fields: Partial<ClientSettings> = {}): ClientSettings {
  return {
    name: 'Calendar',
    description: null,
    homepageUri: null,
    logoUri: null,
    type: 'confidential',
    redirectUris: ['https://client.example/callback'],
    grantTypes: ['authorization_code', 'refresh_token'],
    scopes: ['default', 'profile'],
    optionalScopes: [],
    pkce: 'required',
    refresh: 'rotate',
    consent: 'ask',
    accessTokenFormat: 'opaque',
    accessTokenLifetime: null,
    refreshTokenIdleLifetime: null,
    refreshTokenAbsoluteLifetime: null,
    ...fields,
  };
}

export function someClient(fields: Partial<Client> = {}): Client {
  const since = { createdAt: plus(0), disabledAt: null, disabledBy: null, ownTokensRevokedAt: null, version: 1 };
  return { id: newClientId(), ...someSettings(), ownerId: null, ...since, secrets: [], ...fields };
}

export function someSecret(clientId: string, fields: Partial<ClientSecret> = {}): ClientSecret {
  const id = uuid7(fields.createdAt ?? now);
  return {
    id,
    clientId,
    label: 'production',
    digest: newBytes(),
    lastFour: 'aZ-_',
    createdAt: plus(0),
    createdBy: null,
    expiresAt: null,
    lastUsed: null,
    ...fields,
  };
}

export function someIdentity(userId: string, fields: Partial<LinkedIdentity> = {}): LinkedIdentity {
  return { issuer: `https://${randomUUID()}.example`, subject: randomUUID(), email: 'ada@example.com', userId, linkedAt: plus(0), ...fields };
}

export function someUpstreamRequest(fields: Partial<UpstreamRequest> = {}): UpstreamRequest {
  return { id: uuid7(now), digest: newBytes(), sealed: newBytes(300), expiresAt: plus(15 * minute), ...fields };
}

export function someResourceServer(fields: Partial<ResourceServer> = {}): ResourceServer {
  const id = newResourceServerId();
  const about = { identifier: `https://${id}.example/api`, name: 'Invoices', scopes: [], secrets: [] };
  return { id, ...about, tokenFormat: 'opaque', signingAlgorithm: 'ES256', createdAt: plus(0), version: 1, ...fields };
}

export function someResourceServerSecret(resourceServerId: string, fields: Partial<ResourceServerSecret> = {}): ResourceServerSecret {
  const { clientId: _, ...secret } = someSecret('', fields);
  return { ...secret, resourceServerId };
}

export function someSigningKey(fields: Partial<SigningKey> = {}): SigningKey {
  const id = randomBytes(12).toString('base64url');
  const about = { publicJwk: { kty: 'EC', kid: id, crv: 'P-256', x: '"\\', y: 'ż' }, sealedPrivateKey: newBytes(200) };
  return { id, algorithm: 'ES256', generation: 1, ...about, createdAt: plus(0), signsFrom: plus(1000), neededUntil: plus(1000), ...fields };
}

export function someSession(userId: string, fields: Partial<Session> = {}): Session {
  return {
    id: uuid7(now),
    digest: newBytes(),
    userId,
    method: 'password',
    from: '192.0.2.7',
    browser: 'Firefox on Linux',
    createdAt: plus(0),
    authenticatedAt: plus(0),
    lastSeenAt: plus(0),
    expiresAt: plus(day),
    ...fields,
  };
}

export function someRequest(fields: Partial<AuthorizationRequest> = {}): AuthorizationRequest {
  return {
    id: randomUUID(),
    clientId: newClientId(),
    redirectUri: 'https://client.example/callback',
    redirectUriNamed: true,
    scopes: ['default'],
    resources: [],
    state: 'xyz',
    codeChallenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    prompts: [],
    maxAge: null,
    loginHint: null,
    chosenBy: null,
    createdAt: plus(0),
    expiresAt: plus(30 * minute),
    decision: null,
    ...fields,
  };
}

export function someGrant(userId: string, clientId: string, fields: Partial<Grant> = {}): Grant {
  const unused = { revoked: null, lastUsedAt: null, usedScopes: [] };
  return {
    id: uuid7(now),
    userId,
    clientId,
    scopes: ['default', 'profile'],
    createdAt: plus(0),
    authenticatedAt: plus(-7),
    expiresAt: null,
    ...unused,
    ...fields,
  };
}

export function someConsent(of: Pick<Consent, 'userId' | 'clientId'>, fields: Partial<Consent> = {}): Consent {
  return {
    userId: of.userId,
    clientId: of.clientId,
    scopes: ['default'],
    declinedScopes: [],
    redirectUris: [agreedAt],
    givenAt: plus(0),
    expiresAt: null,
    ...fields,
  };
}
