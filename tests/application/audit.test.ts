import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { ChoosePassword } from '../../src/application/accounts/choose-password.js';
import { auditedActions } from '../../src/application/audit/audited-actions.js';
import { AddSecret } from '../../src/application/clients/add-secret.js';
import { CreateClient } from '../../src/application/clients/create-client.js';
import { DeleteClient } from '../../src/application/clients/delete-client.js';
import { EditClient } from '../../src/application/clients/edit-client.js';
import { RemoveSecret } from '../../src/application/clients/remove-secret.js';
import { RevokeClientTokens } from '../../src/application/clients/revoke-client-tokens.js';
import { SetClientDisabled } from '../../src/application/clients/set-client-disabled.js';
import { DisconnectApp } from '../../src/application/connections/disconnect-app.js';
import { RevokeGrant } from '../../src/application/connections/revoke-grant.js';
import { AdmitIdentity } from '../../src/application/identities/admit-identity.js';
import { WithdrawKey } from '../../src/application/keys/withdraw-key.js';
import { CreateUser } from '../../src/application/people/create-user.js';
import { DisableUser } from '../../src/application/people/disable-user.js';
import { SignIn } from '../../src/application/people/sign-in.js';
import type { AuditEvent } from '../../src/application/ports/audit-trail.js';
import { StorageUnavailable } from '../../src/application/ports/storage-unavailable.js';
import { RemoveResourceServer } from '../../src/application/resources/remove-resource-server.js';
import { EndSession } from '../../src/application/sessions/end-session.js';
import { AuthenticateClient } from '../../src/application/tokens/authenticate-client.js';
import { GrantClientCredentials } from '../../src/application/tokens/grant-client-credentials.js';
import { RefreshToken } from '../../src/application/tokens/refresh-token.js';
import { RevokeByOperator } from '../../src/application/tokens/revoke-by-operator.js';
import { RevokeToken } from '../../src/application/tokens/revoke-token.js';
import type { Client } from '../../src/domain/clients/client.js';
import { later } from '../../src/domain/moments.js';
import type { User } from '../../src/domain/people/user.js';
import { mintToken, parseToken } from '../../src/domain/tokens/opaque-token.js';
import { aWorld, password, type World } from '../support/world.js';

let trail: AuditEvent[];
let world: World;
let ada: User;
let app: Client;

beforeEach(async () => {
  trail = [];
  world = aWorld({}, { auditTrail: { record: (event) => void trail.push(event) } });
  ada = await world.person();
  ({ client: app } = await world.client());
  trail.length = 0;
});

/** A link by which somebody with a new address makes an account. */
async function linkFor(email: string): Promise<{ readonly token: string }> {
  const { id, token, digest } = mintToken('al', world.clock.now());
  await world.storage.passwords.keepLink({ id, digest, email, userId: null, requestId: null, expiresAt: later(world.clock.now(), 600) });
  return { token };
}

const told = () => trail.map(({ at: _, ...event }) => event);
const idOf = (token: string) => parseToken(token)?.id;
const refresh = (refreshToken: string) => world.resolve(RefreshToken).execute({ client: app, refreshToken, scopes: null, resources: [] });

it('tells what a person allowed and what came of it, by ids', async () => {
  const { accessToken, refreshToken } = await world.tokens(app, ada);
  const grant = { userId: ada.id, clientId: app.id, grantId: expect.any(String), scopes: ['default', 'email'] };
  expect(told()).toEqual([
    { action: 'user.sign_in', outcome: 'done', actor: ada.id, userId: ada.id, method: 'password', from: null, sessionId: expect.any(String) },
    { action: 'grant.give', outcome: 'done', actor: ada.id, ...grant },
    { action: 'token.issue', outcome: 'done', grantType: 'authorization_code', tokenId: idOf(accessToken), refreshTokenId: idOf(refreshToken), ...grant },
  ]);
  expect(trail.every(({ at }) => at.getTime() === world.clock.now().getTime())).toBe(true);

  trail.length = 0;
  const next = await refresh(refreshToken);
  await world.resolve(RevokeToken).execute({ client: app, token: next.refreshToken as string });
  expect(told()).toEqual([
    {
      action: 'token.issue',
      outcome: 'done',
      grantType: 'refresh_token',
      tokenId: idOf(next.accessToken),
      refreshTokenId: idOf(next.refreshToken as string),
      ...grant,
    },
    { action: 'token.revoke', outcome: 'done', clientId: app.id, refreshTokenId: idOf(next.refreshToken as string), grantId: expect.any(String) },
  ]);
});

it('tells that a refresh token or a code was used again, and which grant that ended', async () => {
  const { refreshToken, grantId } = await world.tokens(app, ada);
  await refresh(refreshToken);
  world.clock.pass(31);
  const code = await world.code(app, ada);
  const exchanged = await world.exchange(app, code);
  trail.length = 0;
  await expect(refresh(refreshToken)).rejects.toThrow();
  await expect(world.exchange(app, code)).rejects.toThrow();
  const again = { action: 'token.issue', clientId: app.id, reason: expect.stringContaining('used before') };
  expect(told()).toEqual([
    { ...again, outcome: 'reused', grantType: 'refresh_token', refreshTokenId: idOf(refreshToken), grantId },
    { ...again, outcome: 'replayed', grantType: 'authorization_code', tokenId: idOf(code), grantId: exchanged.grantId },
  ]);
});

it('tells what a client was refused and why, and its id only when it is one', async () => {
  const { client: machine } = await world.client({ grantTypes: ['client_credentials'], redirectUris: [] });
  trail.length = 0;
  await expect(world.resolve(GrantClientCredentials).execute({ client: machine, scopes: ['admin'], resources: [] })).rejects.toThrow();
  const authenticate = (clientId: string) => world.resolve(AuthenticateClient).execute({ clientId, secret: 'wrong', from: '192.0.2.7' });
  await expect(authenticate(machine.id)).rejects.toThrow();
  await expect(authenticate(password)).rejects.toThrow();
  const refused = { action: 'client.authenticate', outcome: 'refused', from: '192.0.2.7' };
  expect(told()).toEqual([
    { action: 'token.issue', outcome: 'refused', clientId: machine.id, grantType: 'client_credentials', reason: 'invalid_scope' },
    { ...refused, clientId: machine.id, reason: expect.stringContaining('wrong, removed or expired secret') },
    { ...refused, reason: expect.stringContaining('unknown client') },
  ]);
});

it('tells failed sign-ins by where they came from, and neither address nor password that was typed', async () => {
  const typed = { email: password, password, from: '192.0.2.7', userAgent: null, earlierSession: null };
  await world.resolve(SignIn).execute(typed);
  await world.resolve(SignIn).execute({ ...typed, email: ada.email, password: 'wrong' });
  const refused = { action: 'user.sign_in', outcome: 'refused', from: '192.0.2.7', method: 'password', reason: 'unknown, disabled or wrong password' };
  expect(told()).toEqual([refused, refused]);
});

it('tells through which client somebody acted, and what stands in place of an id only when it is one', async () => {
  const { client: ours } = await world.client();
  trail.length = 0;
  const secret = 'kw_cs_a-secret-in-the-wrong-place';
  const house = { house: true, through: ours.id } as const;
  await world.resolve(SetClientDisabled).execute({ actor: house, clientId: app.id, disabled: true });
  const attempts: (() => Promise<unknown>)[] = [
    () => world.resolve(DeleteClient).execute({ actor: house, clientId: secret }),
    () => world.resolve(RemoveSecret).execute({ actor: 'operator', clientId: app.id, secretId: secret }),
    () => world.resolve(EndSession).execute({ actor: { ...ada, through: ours.id }, user: ada, sessionId: secret }),
    () => world.resolve(RevokeGrant).execute({ actor: house, grantId: secret }),
    () => world.resolve(DisableUser).execute({ actor: house, user: { id: secret } }),
    () => world.resolve(RevokeByOperator).execute({ user: ada, clientId: secret }),
    () => world.resolve(RevokeClientTokens).execute({ actor: house, clientId: secret }),
    () => world.resolve(WithdrawKey).execute({ id: secret }),
    () => world.resolve(RemoveResourceServer).execute({ actor: house, id: secret }),
    () => world.resolve(RefreshToken).execute({ client: ours, refreshToken: secret, scopes: [secret], resources: [secret] }),
  ];
  for (const attempt of attempts) await expect(attempt()).rejects.toThrow();
  await world.resolve(DisconnectApp).execute({ actor: ada, clientId: secret });
  expect(trail).toHaveLength(1 + attempts.length);
  expect(JSON.stringify(trail)).not.toContain(secret);
  expect(told()[0]).toEqual({ action: 'client.set_disabled', outcome: 'done', actor: 'operator', through: ours.id, clientId: app.id, reason: 'disabled' });
  expect(told().find(({ action }) => action === 'session.end')).toMatchObject({ outcome: 'refused', actor: ada.id, through: ours.id });
});

it('tells who changed what: the operator, an administrator or the owner', async () => {
  const admin = { id: 'an-administrator', admin: true };
  await world.resolve(AddSecret).execute({ actor: 'operator', clientId: app.id, label: 'second', expiresAt: null });
  await world.resolve(SetClientDisabled).execute({ actor: admin, clientId: app.id, disabled: true });
  await world.resolve(DisableUser).execute({ actor: admin, user: ada });
  await expect(world.resolve(EditClient).execute({ actor: { id: ada.id, admin: false }, clientId: app.id, changes: {} })).rejects.toThrow();
  await expect(world.resolve(CreateClient).execute({ actor: admin, settings: { name: '' } })).rejects.toThrow();
  expect(told()).toEqual([
    { action: 'client_secret.add', outcome: 'done', actor: 'operator', clientId: app.id, secretId: expect.any(String) },
    { action: 'client.set_disabled', outcome: 'done', actor: admin.id, clientId: app.id, reason: 'disabled' },
    { action: 'user.disable', outcome: 'done', actor: admin.id, userId: ada.id, ended: 0 },
    { action: 'client.edit', outcome: 'refused', actor: ada.id, reason: expect.stringContaining('not found') },
    { action: 'client.create', outcome: 'refused', actor: admin.id, reason: expect.stringMatching(/^invalid: name/) },
  ]);
});

it('tells who got an account, and who became an administrator by it', async () => {
  const identity = { issuer: 'https://id.example', subject: 'g-1', email: 'grace@example.com', emailVerified: true, username: null };
  const terms = { signUp: true, emailDomains: [], firstAdministrator: 'grace@example.com' };
  await world.resolve(AdmitIdentity).execute(identity, terms);
  await world.resolve(AdmitIdentity).execute(identity, terms);
  const { token } = await linkFor('new@example.com');
  const chosen = await world.resolve(ChoosePassword).execute({ token, password: 'quite another password', from: '192.0.2.7' });
  await world.resolve(CreateUser).execute({ actor: 'operator', email: 'root@example.com', password, admin: true });
  expect(told()).toEqual([
    { action: 'identity.admit', outcome: 'done', method: identity.issuer, userId: expect.any(String), reason: 'new account, first administrator' },
    { action: 'password.choose', outcome: 'done', from: '192.0.2.7', userId: (chosen as { userId: string }).userId, reason: 'new account' },
    { action: 'user.create', outcome: 'done', actor: 'operator', userId: expect.any(String), reason: 'administrator' },
  ]);
  expect(await world.storage.users.findByEmail('new@example.com')).toMatchObject({ id: (chosen as { userId: string }).userId });
});

it('tells what the operator ended, by the id of the person who was named by an address, and nothing that had ended before', async () => {
  await world.tokens(app, ada);
  trail.length = 0;
  await world.resolve(RevokeByOperator).execute({ user: { email: ada.email } });
  const { refreshToken, grantId } = await world.tokens(app, ada);
  trail.length = 0;
  await world.resolve(RevokeByOperator).execute({ token: refreshToken });
  await world.resolve(RevokeByOperator).execute({ token: refreshToken });
  await world.resolve(RevokeGrant).execute({ actor: 'operator', grantId: grantId as string });
  expect(told()).toEqual([{ action: 'token.revoke', outcome: 'done', actor: 'operator', refreshTokenId: idOf(refreshToken), grantId }]);
});

it('tells who ended everything of a client: how many grants, and that what it obtained for itself ended too', async () => {
  await world.tokens(app, ada);
  trail.length = 0;
  await world.resolve(RevokeClientTokens).execute({ actor: 'operator', clientId: app.id });
  expect(told()).toEqual([{ action: 'token.revoke', outcome: 'done', actor: 'operator', clientId: app.id, ended: 1, reason: 'own_tokens_too' }]);
});

it('tells each thing once: a sign-in that fails midway, an answer that is given again', async () => {
  const asked = await world.request(app);
  const signedIn = await world.signedIn(ada);
  trail.length = 0;
  await world.decide(asked.id, signedIn);
  await world.decide(asked.id, signedIn);
  expect(told().map(({ action, outcome }) => [action, outcome])).toEqual([['grant.give', 'done']]);
  world.storage.consents.give = () => Promise.reject(new StorageUnavailable(new Error('away')));
  world.storage.sessions.add = () => Promise.reject(new StorageUnavailable(new Error('away')));
  trail.length = 0;
  await expect(world.decide((await world.request(app)).id, signedIn)).rejects.toThrow();
  await expect(world.signedIn(ada)).rejects.toThrow();
  expect(told().map(({ action, outcome }) => [action, outcome])).toEqual([
    ['grant.give', 'done'],
    ['user.sign_in', 'failed'],
  ]);
});

it('tells a no at the consent page', async () => {
  const asked = await world.request(app);
  const signedIn = await world.signedIn(ada);
  trail.length = 0;
  await world.decide(asked.id, signedIn, { decision: 'deny' });
  expect(told()).toEqual([{ action: 'grant.deny', outcome: 'done', actor: ada.id, userId: ada.id, clientId: app.id }]);
});

it('tells that the server could not do it, and leaves the error as it is', async () => {
  const away = new StorageUnavailable(new Error('postgresql://user:secret@db'));
  world.storage.consents.forget = () => Promise.reject(away);
  await expect(world.resolve(DisconnectApp).execute({ actor: ada, clientId: app.id })).rejects.toBe(away);
  expect(told()).toEqual([
    { action: 'consent.forget', outcome: 'failed', actor: ada.id, reason: 'StorageUnavailable' },
    { action: 'grant.revoke', outcome: 'failed', actor: ada.id, userId: ada.id, reason: 'StorageUnavailable' },
  ]);
});

describe('every use case', () => {
  /** What only reads, is told by another that it calls or is called by, is done by the server alone, or asks for something that others then do. */
  const notWrittenDown = [
    'AskForLink',
    'Authenticate',
    'Authorize',
    'AuthorizeDevice',
    'BeginLinking',
    'BeginUpstreamSignIn',
    'CheckKeys',
    'ChooseAccount',
    'ClientReach',
    'ContinueAuthorization',
    'DeleteOwnAccount',
    'EndAccess',
    'FindLink',
    'FindSession',
    'FirstRun',
    'FollowRevocations',
    'ForgetIfRevoked',
    'Idempotently',
    'IntrospectToken',
    'IssueAccessToken',
    'ListClients',
    'ListConnectedApps',
    'ListGrantsOfClient',
    'ListKeys',
    'ListResourceServers',
    'ListSessions',
    'ListUsers',
    'ListWays',
    'OpenOnDevice',
    'OpenPushed',
    'PurgeExpired',
    'PushAuthorization',
    'RedeemCode',
    'SelfRegister',
    'ShowClient',
    'ShowConnectedApp',
    'ShowResourceServer',
    'ShowUser',
    'SignOut',
    'TendKeys',
  ];

  it('is written down, or is one of those that need not be', async () => {
    const folder = 'src/application';
    const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.ts') && !file.startsWith('ports'));
    const modules = await Promise.all(files.map((file) => import(pathToFileURL(join(folder, file)).href) as Promise<Record<string, unknown>>));
    const useCases = modules.flatMap((module) => Object.values(module)).filter((one) => typeof one === 'function' && 'execute' in (one.prototype ?? {}));
    const left = useCases.filter((useCase) => !auditedActions.has(useCase)).map((useCase) => (useCase as { name: string }).name);
    expect(left.sort()).toEqual(notWrittenDown);
  });
});
