import { InvalidClient, UnknownClient } from '../../domain/errors.js';
import type { ResourceServer } from '../../domain/resources/resource-server.js';
import { presentedSecret } from '../../domain/secret.js';
import type { Attempts } from '../attempts/attempts.js';
import { countFailure } from '../attempts/count-failure.js';
import type { UsageJournal } from '../operations/usage-journal.js';
import type { Clock } from '../ports/clock.js';
import type { ResourceDirectory } from './resource-directory.js';

export interface ResourceServerCredentials {
  readonly id: string;
  readonly secret: string | null;
  /** The network address of the caller, where it is known. */
  readonly from: string | null;
}

/** It is told the same whatever failed; the detail, for the log, says why. */
const failed = 'client authentication failed';

/** Which resource server is calling? (RFC 7662 §2.1) Throws `InvalidClient`, or `TooManyAttempts` once it failed too often. */
export class AuthenticateResourceServer {
  constructor(
    private readonly servers: Pick<ResourceDirectory, 'find'>,
    private readonly usage: UsageJournal,
    private readonly attempts: Attempts,
    private readonly clock: Clock,
  ) {}

  async execute(input: ResourceServerCredentials): Promise<ResourceServer> {
    const server = await this.servers.find(input.id);
    try {
      return this.authenticated(server, input);
    } catch (error) {
      return countFailure(this.attempts, server, input.from, error);
    }
  }

  private authenticated(server: ResourceServer | null, { secret, from }: ResourceServerCredentials): ResourceServer {
    if (!server) throw new UnknownClient(failed, 'unknown resource server');
    if (secret === null) throw new InvalidClient(failed, 'a resource server sent no secret');
    const now = this.clock.now();
    const known = presentedSecret('rs', server.secrets, secret, now);
    if (!known) throw new InvalidClient(failed, 'wrong, removed or expired secret');
    this.usage.secretUsed({ secretId: known.id, at: now, from });
    return server;
  }
}
