import { NotFound } from '../../domain/errors.js';
import type { ResourceServerSecret } from '../../domain/resources/resource-server.js';
import type { Clock } from '../ports/clock.js';
import type { ResourceServerRepository } from '../ports/resource-server-repository.js';
import { addBeside, type ChosenSecret } from '../secrets/add-beside.js';
import { type Minted, mintSecret, type SecretDetails } from '../secrets/mint-secret.js';
import type { ResourceDirectory } from './resource-directory.js';

export interface NewResourceServerSecret extends ChosenSecret {
  readonly id: string;
}

/** Adds a secret to a resource server, beside the others, which go on working. Throws `InvalidInput` with every problem at its field, and `NotFound`. */
export class AddResourceServerSecret {
  constructor(
    private readonly servers: ResourceServerRepository,
    private readonly directory: Pick<ResourceDirectory, 'forget'>,
    private readonly clock: Clock,
  ) {}

  async execute({ id: resourceServerId, ...chosen }: NewResourceServerSecret): Promise<Minted<ResourceServerSecret>> {
    const server = await this.servers.find(resourceServerId);
    if (!server) throw new NotFound('resource server');
    const now = this.clock.now();
    const mint = (details: SecretDetails) => mintSecret('rs', { resourceServerId }, details, now);
    const minted = await addBeside({ what: 'resource server', secrets: server.secrets, mint, store: (secret) => this.servers.addSecret(secret) }, chosen, now);
    this.directory.forget();
    return minted;
  }
}
