import { addressBlock } from '../../domain/address-block.js';
import { type AuthorizationRequest, type Prompt, promptValues, requestLifetime } from '../../domain/authorization/authorization-request.js';
import { isS256Challenge } from '../../domain/authorization/pkce.js';
import { redirectUriMatches } from '../../domain/authorization/redirect-uri.js';
import { newRequestId } from '../../domain/authorization/request-id.js';
import { type Client, mayUse } from '../../domain/clients/client.js';
import { isMetadataUri } from '../../domain/clients/metadata-uri.js';
import {
  ClientNotLetIn,
  InvalidClient,
  InvalidRequest,
  InvalidScope,
  InvalidTarget,
  type OAuthError,
  RequestNotSupported,
  UnauthorizedClient,
  UnsupportedResponseType,
} from '../../domain/errors.js';
import { later } from '../../domain/moments.js';
import { normaliseEmail } from '../../domain/people/user.js';
import { askedResources } from '../../domain/resources/asked-resources.js';
import type { Attempts } from '../attempts/attempts.js';
import { budgets } from '../attempts/budgets.js';
import type { AuthorizationRequestRepository } from '../ports/authorization-request-repository.js';
import type { ClientRepository } from '../ports/client-repository.js';
import type { Clock } from '../ports/clock.js';
import type { KnownResources } from '../resources/known-resources.js';
import { askedScopes } from './asked-scopes.js';

/** Seconds: thirty years. */
const longestMaxAge = 1_000_000_000;

/** The parameters of RFC 6749 §4.1.1, RFC 7636 §4.3, RFC 8707 §2 and, where they concern the person, OpenID Connect Core §3.1.2.1 as they were sent; `null` for one that was not. */
export interface AuthorizeInput {
  readonly clientId: string | null;
  /** `request`: all of it as a JWT, which is not read here (RFC 9101 §2). */
  readonly requestObject: string | null;
  readonly responseType: string | null;
  readonly redirectUri: string | null;
  readonly state: string | null;
  readonly scope: string | null;
  readonly codeChallenge: string | null;
  readonly codeChallengeMethod: string | null;
  readonly resources: readonly string[];
  readonly prompt: string | null;
  readonly maxAge: string | null;
  readonly loginHint: string | null;
  /** What could not be read in any of them, such as a repeated parameter (RFC 6749 §3.1); `null` when all could. */
  readonly malformed: string | null;
}

/** Bytes. Anybody can have a request kept, signed in or not, so that all that is kept of it is bounded. */
const longestState = 2048;

export type AuthorizeResult =
  | { readonly outcome: 'kept'; readonly request: AuthorizationRequest }
  /** The client is known and so is where it lives: the error goes there (RFC 6749 §4.1.2.1). */
  | { readonly outcome: 'refused'; readonly redirectUri: string; readonly state: string | null; readonly error: OAuthError };

/**
 * Checks an authorization request and keeps it while the person signs in and decides. Throws `InvalidClient` or `InvalidRequest` while the
 * redirect URI cannot be trusted: "MUST NOT automatically redirect the user-agent to the invalid redirection URI" (RFC 6749 §4.1.2.1).
 * `stranger` is the network address of somebody who is not signed in, or of a client that proves nothing, who can make only so many; throws `TooManyAttempts` beyond them.
 */
export class Authorize {
  constructor(
    private readonly clients: Pick<ClientRepository, 'find'>,
    private readonly requests: AuthorizationRequestRepository,
    private readonly attempts: Attempts,
    private readonly resources: Pick<KnownResources, 'check' | 'checkScopes'>,
    private readonly clock: Clock,
  ) {}

  async execute(input: AuthorizeInput, stranger: string | null = null): Promise<AuthorizeResult> {
    if (input.clientId === null) throw new InvalidRequest('client_id is missing');
    // Its document may have to be fetched, which is worth as much as a row.
    const counted = isMetadataUri(input.clientId);
    if (counted) await this.count(stranger);
    const client = await this.clients.find(input.clientId);
    if (!client) throw new InvalidClient('no app with this client_id is registered here');
    if (client.disabledAt) throw new ClientNotLetIn('this app has been disabled');
    const redirectUri = redirectUriOf(client, input.redirectUri);

    try {
      const request = checkedRequest(input, client, redirectUri, this.clock.now());
      await this.resources.check(request.resources);
      await this.resources.checkScopes(request);
      if (!counted) await this.count(stranger);
      await this.requests.add(request);
      return { outcome: 'kept', request };
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return { outcome: 'refused', redirectUri, state: input.state, error };
    }
  }

  private async count(stranger: string | null): Promise<void> {
    if (stranger !== null) await this.attempts.count([{ budget: budgets.authorizationRequests, subject: addressBlock(stranger) }]);
  }
}

/** Exact match (RFC 9700 §2.1); "may be left out" where the client registered exactly one (RFC 6749 §3.1.2.3). */
function redirectUriOf(client: Client, requested: string | null): string {
  if (requested === null) {
    const [only, another] = client.redirectUris;
    if (only === undefined || another !== undefined) throw new InvalidRequest('redirect_uri is missing');
    return only;
  }
  if (!client.redirectUris.some((registered) => redirectUriMatches(registered, requested)))
    throw new InvalidRequest('redirect_uri is not registered for this app');
  return requested;
}

function checkedRequest(input: AuthorizeInput, client: Client, redirectUri: string, now: Date): AuthorizationRequest {
  if (input.malformed !== null) throw new InvalidRequest(input.malformed);
  if (Buffer.byteLength(input.state ?? '') > longestState) throw new InvalidRequest(`state is longer than ${longestState} bytes`);
  if (input.requestObject !== null) throw new RequestNotSupported('request objects are not read here: send each parameter by itself');
  if (input.responseType === null) throw new InvalidRequest('response_type is missing');
  // The implicit grant is gone (RFC 9700 §2.1.2).
  if (input.responseType !== 'code') throw new UnsupportedResponseType('response_type must be code');
  if (!mayUse(client, 'authorization_code')) throw new UnauthorizedClient('this client may not use authorization_code');
  return {
    id: newRequestId(),
    clientId: client.id,
    redirectUri,
    redirectUriNamed: input.redirectUri !== null,
    scopes: askedScopes(client, input.scope),
    resources: askedResources(input.resources),
    state: input.state,
    codeChallenge: challengeOf(client, input),
    prompts: promptsOf(input.prompt),
    maxAge: maxAgeOf(input.maxAge),
    // Other hints (a telephone number, a name) say nothing here and are passed over.
    loginHint: normaliseEmail(input.loginHint ?? ''),
    chosenBy: null,
    createdAt: now,
    expiresAt: later(now, requestLifetime),
    decision: null,
  };
}

function challengeOf(client: Client, { codeChallenge, codeChallengeMethod }: AuthorizeInput): string | null {
  if (codeChallenge === null) {
    // "Public clients MUST use PKCE" (RFC 9700 §2.1.1); the others too unless they opted out.
    if (client.pkce === 'required') throw new InvalidRequest('code_challenge is missing: this client must use PKCE with S256');
    if (codeChallengeMethod !== null) throw new InvalidRequest('code_challenge_method was sent without a code_challenge');
    return null;
  }
  // A missing method would mean "plain" (RFC 7636 §4.3), which shows the verifier to whoever sees the request.
  if (codeChallengeMethod !== 'S256') throw new InvalidRequest('code_challenge_method must be S256');
  if (!isS256Challenge(codeChallenge)) throw new InvalidRequest('code_challenge must be the base64url of a SHA-256 (43 characters)');
  return codeChallenge;
}

/** Space-delimited (OpenID Connect Core §3.1.2.1); values this server does not know are ignored. */
function promptsOf(prompt: string | null): readonly Prompt[] {
  const prompts = (prompt ?? '').split(' ').filter((value): value is Prompt => (promptValues as readonly string[]).includes(value));
  if (prompts.includes('none') && prompts.length > 1) throw new InvalidRequest('prompt=none goes with no other value');
  return [...new Set(prompts)];
}

/** Seconds (OpenID Connect Core §3.1.2.1); a time longer than ever is none. */
function maxAgeOf(maxAge: string | null): number | null {
  if (maxAge === null) return null;
  if (!/^\d+$/.test(maxAge)) throw new InvalidRequest('max_age must be a whole number of seconds');
  const seconds = Number(maxAge);
  return seconds > longestMaxAge ? null : seconds;
}

function isRefusal(error: unknown): error is OAuthError {
  return (
    error instanceof InvalidRequest ||
    error instanceof InvalidScope ||
    error instanceof InvalidTarget ||
    error instanceof RequestNotSupported ||
    error instanceof UnauthorizedClient ||
    error instanceof UnsupportedResponseType
  );
}
