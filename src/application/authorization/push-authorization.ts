import { pushedLifetime, requestUriOf } from '../../domain/authorization/pushed-request.js';
import { introducesItself } from '../../domain/clients/introduction.js';
import { notItsCredentials } from '../attempts/not-its-credentials.js';
import type { AuthenticateClient, AuthenticateClientInput } from '../tokens/authenticate-client.js';
import type { Authorize, AuthorizeInput } from './authorize.js';

export interface Pushed {
  readonly requestUri: string;
  /** Seconds in which it must be opened. */
  readonly expiresIn: number;
}

/**
 * Keeps an authorization request that the client sends by itself, before it sends the person (RFC 9126): nobody on the way can read or change it, and a client
 * that has a secret has proved who it is.
 */
export class PushAuthorization {
  constructor(
    private readonly authenticateClient: Pick<AuthenticateClient, 'execute'>,
    private readonly authorize: Pick<Authorize, 'execute'>,
  ) {}

  /** Throws as `AuthenticateClient` and `Authorize`, and what the latter would have sent to the redirect URI. */
  async execute(caller: AuthenticateClientInput, input: AuthorizeInput): Promise<Pushed> {
    const proved = await this.provesItself(caller);
    const result = await this.authorize.execute({ ...input, clientId: caller.clientId }, proved ? null : caller.from).catch(notItsCredentials);
    if (result.outcome === 'refused') throw result.error;
    return { requestUri: requestUriOf(result.request.id), expiresIn: pushedLifetime };
  }

  /** Whether it had a secret, and not only a name. */
  private async provesItself(caller: AuthenticateClientInput): Promise<boolean> {
    // It may be known by its own word alone, which `Authorize` takes.
    if (introducesItself(caller.clientId) && caller.secret === null) return false;
    return (await this.authenticateClient.execute(caller)).type === 'confidential';
  }
}
