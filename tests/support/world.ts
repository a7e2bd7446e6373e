import type { AuthorizationAnswer } from '../../src/application/authorization/authorization-answer.js';
import { Authorize, type AuthorizeInput } from '../../src/application/authorization/authorize.js';
import { DecideAuthorization, type DecideAuthorizationInput } from '../../src/application/authorization/decide-authorization.js';
import { GiveGrant } from '../../src/application/authorization/give-grant.js';
import { CreateClient } from '../../src/application/clients/create-client.js';
import type { ChosenSettings } from '../../src/application/clients/default-settings.js';
import { CreateUser } from '../../src/application/people/create-user.js';
import { SignIn } from '../../src/application/people/sign-in.js';
import { FindSession, type SignedIn } from '../../src/application/sessions/find-session.js';
import { ExchangeCode, type ExchangeCodeInput } from '../../src/application/tokens/exchange-code.js';
import type { TokenAnswer } from '../../src/application/tokens/token-answer.js';
import { readConfig } from '../../src/config.js';
import type { Foundations } from '../../src/container/foundations.js';
import { buildContainer } from '../../src/container.js';
import type { AuthorizationRequest } from '../../src/domain/authorization/authorization-request.js';
import type { Client } from '../../src/domain/clients/client.js';
import type { User } from '../../src/domain/people/user.js';
import { createMemoryStorage } from '../../src/infrastructure/memory/create-memory-storage.js';
import { CountingHasher } from './counting-hasher.js';
import { HandClock } from './hand-clock.js';
import { pkce } from './pkce.js';

export const callback = 'https://app.example/callback';
export const password = 'correct horse battery staple';

/** Every use case over a store in memory, a clock turned by hand and passwords that cost nothing. */
export function aWorld(env: Record<string, string> = {}, more: Partial<Pick<Foundations, 'authenticators' | 'auditTrail' | 'clock' | 'clientMetadata'>> = {}) {
  const clock = new HandClock();
  const storage = createMemoryStorage();
  const passwordHasher = new CountingHasher();
  const container = buildContainer({ config: readConfig(env), storage, clock, passwordHasher, ...more });
  const resolve = container.resolve.bind(container);
  const { verifier, challenge } = pkce();

  const person = (email = 'ada@example.com') => resolve(CreateUser).execute({ actor: 'operator', email, password });

  const client = async (settings: ChosenSettings = {}) => {
    const { client, secret } = await resolve(CreateClient).execute({
      actor: 'operator',
      settings: { name: 'Some app', redirectUris: [callback], ...settings },
    });
    return { client, secret };
  };

  /** What the client asks at the authorization endpoint; by default everything in order. */
  const asks = (client: Client, changes: Partial<AuthorizeInput> = {}): AuthorizeInput => ({
    clientId: client.id,
    requestObject: null,
    responseType: 'code',
    redirectUri: callback,
    state: 'some state',
    scope: 'default email',
    codeChallenge: challenge,
    codeChallengeMethod: 'S256',
    resources: [],
    prompt: null,
    maxAge: null,
    loginHint: null,
    malformed: null,
    ...changes,
  });

  const request = async (client: Client, changes: Partial<AuthorizeInput> = {}): Promise<AuthorizationRequest> => {
    const result = await resolve(Authorize).execute(asks(client, changes));
    if (result.outcome !== 'kept') throw result.error;
    return result.request;
  };

  const signedIn = async ({ email }: User): Promise<SignedIn> => {
    const result = await resolve(SignIn).execute({ email, password, from: null, userAgent: null, earlierSession: null });
    const found = result.outcome === 'signed_in' && (await resolve(FindSession).execute(result.session.token));
    if (!found) throw new Error(`${email} cannot sign in`);
    return found;
  };

  /** A code that the person just allowed the client to have. */
  const code = async (client: Client, user: User, changes: Partial<AuthorizeInput> = {}, expiresAt: Date | null = null): Promise<string> => {
    const asked = await request(client, changes);
    const given = await resolve(GiveGrant).execute(asked, client, await signedIn(user), { scopes: asked.scopes, expiresAt });
    return codeOf(given.outcome === 'given' ? given.answer : null);
  };

  /** The person allows everything, unless something else is said. */
  const decide = (requestId: string, signedIn: SignedIn, changes: Partial<DecideAuthorizationInput> = {}) =>
    resolve(DecideAuthorization).execute({
      requestId,
      signedIn,
      shownTo: signedIn.user.id,
      decision: 'allow',
      shown: null,
      leaveOut: [],
      timeLimit: 'none',
      userCode: null,
      ...changes,
    });

  /** Exchanges a code as its client does, with everything in order. */
  const exchange = (client: Client, code: string, changes: Partial<ExchangeCodeInput> = {}) =>
    resolve(ExchangeCode).execute({ client, code, redirectUri: callback, codeVerifier: verifier, resources: [], ...changes });

  /** Tokens as they come from a code. */
  const tokens = async (client: Client, user: User, changes: Partial<AuthorizeInput> = {}): Promise<TokenAnswer & { refreshToken: string }> => {
    const input = {
      client,
      code: await code(client, user, changes),
      redirectUri: null,
      codeVerifier: changes.codeChallenge === null ? null : verifier,
      resources: [],
    };
    return (await resolve(ExchangeCode).execute(input)) as TokenAnswer & { refreshToken: string };
  };

  return { clock, storage, passwordHasher, resolve, verifier, challenge, person, client, asks, request, signedIn, code, decide, exchange, tokens };
}

export type World = ReturnType<typeof aWorld>;

/** The code of an answer; throws when it is an error. */
export function codeOf(answer: AuthorizationAnswer | null): string {
  if (!answer || !('code' in answer)) throw answer && 'error' in answer ? answer.error : new Error('there is no code');
  return answer.code;
}
