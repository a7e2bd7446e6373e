import type { InjectionToken } from 'tsyringe';
import type { Clock } from '../application/ports/clock.js';
import type { PasswordHasher } from '../application/ports/password-hasher.js';
import type { Storage } from '../application/ports/storage.js';
import type { UpstreamProvider } from '../application/ports/upstream-provider.js';

/** Ports are interfaces, which do not exist at run time; each is named by a symbol that carries its type, so that a wrong binding does not compile. */
const port = <T>(name: string): InjectionToken<T> => Symbol(name);

export const ports = {
  clock: port<Clock>('Clock'),
  passwordHasher: port<PasswordHasher>('PasswordHasher'),
  clients: port<Storage['clients']>('ClientRepository'),
  recentClients: port<Pick<Storage['clients'], 'find'>>('clients as of a moment ago'),
  users: port<Storage['users']>('UserRepository'),
  identities: port<Storage['identities']>('IdentityRepository'),
  upstreamRequests: port<Storage['upstreamRequests']>('UpstreamRequestRepository'),
  sessions: port<Storage['sessions']>('SessionRepository'),
  passwords: port<Storage['passwords']>('PasswordRepository'),
  authorizationRequests: port<Storage['authorizationRequests']>('AuthorizationRequestRepository'),
  consents: port<Storage['consents']>('ConsentRepository'),
  grants: port<Storage['grants']>('GrantRepository'),
  authorizationCodes: port<Storage['authorizationCodes']>('AuthorizationCodeRepository'),
  accessTokens: port<Storage['accessTokens']>('AccessTokenRepository'),
  recentRefreshTokens: port<Storage['refreshTokens']>('refresh tokens as they were issued'),
  refreshTokens: port<Storage['refreshTokens']>('RefreshTokenRepository'),
  connections: port<Storage['connections']>('ConnectionRepository'),
  resourceServers: port<Storage['resourceServers']>('ResourceServerRepository'),
  signingKeys: port<Storage['signingKeys']>('SigningKeyRepository'),
  usage: port<Storage['usage']>('UsageRepository'),
  idempotencyKeys: port<Storage['idempotencyKeys']>('IdempotencyRepository'),
  attempts: port<Storage['attempts']>('AttemptLimiter'),
  revocations: port<Storage['revocations']>('RevocationRepository'),
  notices: port<Storage['notices']>('ChangeNotices'),
} as const;

/** The providers that configuration names, in its order. */
export const upstreamProviders = port<readonly UpstreamProvider[]>('UpstreamProviders');
