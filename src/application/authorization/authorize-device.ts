import { addressBlock } from '../../domain/address-block.js';
import type { AuthorizationRequest } from '../../domain/authorization/authorization-request.js';
import { answeredOnDevice, deviceRequestLifetime, newUserCode, pollInterval } from '../../domain/authorization/device-request.js';
import { type Client, deviceCodeGrant, mayUse } from '../../domain/clients/client.js';
import { UnauthorizedClient } from '../../domain/errors.js';
import { later } from '../../domain/moments.js';
import { randomBytes } from '../../domain/random-bytes.js';
import { askedResources } from '../../domain/resources/asked-resources.js';
import { type MintedToken, secretBytes, tokenOf } from '../../domain/tokens/opaque-token.js';
import type { Attempts } from '../attempts/attempts.js';
import { budgets } from '../attempts/budgets.js';
import { notItsCredentials } from '../attempts/not-its-credentials.js';
import type { AuthorizationRequestRepository } from '../ports/authorization-request-repository.js';
import type { Clock } from '../ports/clock.js';
import type { KnownResources } from '../resources/known-resources.js';
import type { AuthenticateClient, AuthenticateClientInput } from '../tokens/authenticate-client.js';
import { askedScopes } from './asked-scopes.js';
import type { UserCodes } from './user-codes.js';

export interface AuthorizeDeviceInput {
  readonly caller: AuthenticateClientInput;
  /** As it was sent; `null`: it was not. */
  readonly scope: string | null;
  readonly resources: readonly string[];
}

/** What the device is told (RFC 8628 §3.2). */
export interface DeviceAuthorization {
  /** What it asks with. */
  readonly deviceCode: string;
  /** What it shows. */
  readonly userCode: string;
  /** Seconds. */
  readonly expiresIn: number;
  /** Seconds between two questions. */
  readonly interval: number;
}

/**
 * A device on which nobody can sign in asks to act for whoever types its code elsewhere (RFC 8628 §3.1). It is kept as any authorization request is. Throws as
 * `AuthenticateClient`, and `UnauthorizedClient`, `InvalidScope`, `InvalidTarget`, `TooManyRequests`.
 */
export class AuthorizeDevice {
  constructor(
    private readonly authenticateClient: Pick<AuthenticateClient, 'execute'>,
    private readonly requests: AuthorizationRequestRepository,
    private readonly userCodes: UserCodes,
    private readonly attempts: Attempts,
    private readonly resources: Pick<KnownResources, 'check' | 'checkScopes'>,
    private readonly clock: Clock,
  ) {}

  async execute({ caller, scope, resources }: AuthorizeDeviceInput): Promise<DeviceAuthorization> {
    const client = await this.authenticateClient.execute(caller);
    if (!mayUse(client, deviceCodeGrant)) throw new UnauthorizedClient(`this client may not use ${deviceCodeGrant}`);
    const asked = { scopes: askedScopes(client, scope), resources: askedResources(resources) };
    await this.resources.check(asked.resources);
    await this.resources.checkScopes(asked);
    // Each is a row, and whoever has no secret proves nothing.
    if (client.type === 'public' && caller.from !== null)
      await this.attempts.count([{ budget: budgets.authorizationRequests, subject: addressBlock(caller.from) }]).catch(notItsCredentials);
    const { userCode, minted } = await this.newCodes();
    await this.requests.add(requestOf(client, asked, minted, this.clock.now()));
    return { deviceCode: minted.token, userCode, expiresIn: deviceRequestLifetime, interval: pollInterval };
  }

  /** Until nobody else has this code: of some ten thousand at a time one in a million would be taken. */
  private async newCodes(): Promise<{ readonly userCode: string; readonly minted: MintedToken }> {
    for (;;) {
      const userCode = newUserCode();
      const [selector] = this.userCodes.selectorsOf(userCode);
      const minted = tokenOf('dc', Buffer.concat([selector, randomBytes(secretBytes)]));
      if ((await this.requests.find(minted.id)) === null) return { userCode, minted };
    }
  }
}

function requestOf(client: Client, asked: Pick<AuthorizationRequest, 'scopes' | 'resources'>, { id, digest }: MintedToken, now: Date): AuthorizationRequest {
  return {
    id,
    clientId: client.id,
    redirectUri: answeredOnDevice,
    redirectUriNamed: false,
    ...asked,
    state: null,
    codeChallenge: Buffer.from(digest).toString('base64url'),
    // Whoever was sent a code by somebody else must see what it is about, each time (RFC 8628 §5.4).
    prompts: ['consent'],
    maxAge: null,
    loginHint: null,
    chosenBy: null,
    createdAt: now,
    expiresAt: later(now, deviceRequestLifetime),
    decision: null,
  };
}
