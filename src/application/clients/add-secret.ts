import type { ClientSecret } from '../../domain/clients/client-secret.js';
import type { ClientRepository } from '../ports/client-repository.js';
import type { Clock } from '../ports/clock.js';
import { addBeside, type ChosenSecret } from '../secrets/add-beside.js';
import { type Minted, mintSecret, type SecretDetails } from '../secrets/mint-secret.js';
import { clientWithinReach } from './client-within-reach.js';

export interface NewSecret extends ChosenSecret {
  readonly clientId: string;
}

/** Adds a secret to a client, beside the others, which go on working. Throws `InvalidInput` with every problem at its field, and `NotFound`. */
export class AddSecret {
  constructor(
    private readonly clients: ClientRepository,
    private readonly clock: Clock,
  ) {}

  async execute({ clientId, ...chosen }: NewSecret): Promise<Minted<ClientSecret>> {
    const { secrets, type } = await clientWithinReach(this.clients, chosen.actor, clientId);
    const now = this.clock.now();
    // RFC 6749 §2.1: public clients are those "incapable of maintaining the confidentiality of their credentials".
    const problems = type === 'public' ? [{ field: 'type', message: 'a public client has no secrets' }] : [];
    const mint = (details: SecretDetails) => mintSecret('cs', { clientId }, details, now);
    return addBeside({ what: 'client', secrets, problems, mint, store: (secret) => this.clients.addSecret(secret) }, chosen, now);
  }
}
