import type { Client } from '../../domain/clients/client.js';
import { InvalidClient, UnknownClient } from '../../domain/errors.js';
import { presentedSecret } from '../../domain/secret.js';
import type { Attempts } from '../attempts/attempts.js';
import { countFailure } from '../attempts/count-failure.js';
import type { UsageJournal } from '../operations/usage-journal.js';
import type { ClientRepository } from '../ports/client-repository.js';
import type { Clock } from '../ports/clock.js';

export interface ClientCredentials {
  readonly clientId: string;
  /** `null` when the client sent none: a public client (RFC 6749 §2.1). */
  readonly secret: string | null;
}

export interface AuthenticateClientInput extends ClientCredentials {
  /** The network address of the caller, where it is known. */
  readonly from: string | null;
}

/** The client says the same to everybody who fails; the detail, for the log, says why. */
const failed = 'client authentication failed';

/** Who is calling? (RFC 6749 §2.3, §3.2.1) Throws `InvalidClient`, or `TooManyAttempts` once it failed too often. */
export class AuthenticateClient {
  constructor(
    private readonly clients: Pick<ClientRepository, 'find'>,
    private readonly usage: UsageJournal,
    private readonly attempts: Attempts,
    private readonly clock: Clock,
  ) {}

  async execute(input: AuthenticateClientInput): Promise<Client> {
    const client = await this.clients.find(input.clientId);
    try {
      return this.authenticated(client, input);
    } catch (error) {
      return countFailure(this.attempts, client, input.from, error);
    }
  }

  private authenticated(client: Client | null, { secret, from }: AuthenticateClientInput): Client {
    if (!client) throw new UnknownClient(failed, 'unknown client');
    if (client.disabledAt) throw new InvalidClient(failed, 'the client is disabled');

    if (client.type === 'public') {
      if (secret !== null) throw new InvalidClient(failed, 'a public client has no secret, yet one was sent');
      return client;
    }
    // "Confidential clients … MUST authenticate with the authorization server" (RFC 6749 §3.2.1), PKCE or not.
    if (secret === null) throw new InvalidClient(failed, 'a confidential client sent no secret');
    const now = this.clock.now();
    const known = presentedSecret('cs', client.secrets, secret, now);
    if (!known) throw new InvalidClient(failed, 'wrong, removed or expired secret');
    this.usage.secretUsed({ secretId: known.id, at: now, from });
    return client;
  }
}
