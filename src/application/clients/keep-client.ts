import { isDeepStrictEqual } from 'node:util';
import { type Client, partsOf } from '../../domain/clients/client.js';
import { introducesItself } from '../../domain/clients/introduction.js';
import { InvalidClient } from '../../domain/errors.js';
import type { ClientRepository } from '../ports/client-repository.js';

export interface ClientToKeep {
  readonly client: Client;
  /** The id of the person who allows it, for the audit trail. */
  readonly by: string;
}

export interface KeptClient {
  /** `registered`: somebody registered it, and there was nothing to do. */
  readonly outcome: 'added' | 'changed' | 'unchanged' | 'registered';
}

/**
 * Stores a client that introduces itself, as `NamedClients` found it, before the grant that a person gives it: grants, connected apps and those who run this
 * server then have it as any other. One that is stored already becomes what it says of itself now.
 */
export class KeepClient {
  constructor(private readonly clients: ClientRepository) {}

  /** Throws `InvalidClient` when it was removed here. */
  async execute({ client }: ClientToKeep): Promise<KeptClient> {
    if (!introducesItself(client.id)) return { outcome: 'registered' };
    const known = await this.clients.find(client.id);
    if (known === null && (await this.clients.add(client)) === 'added') return { outcome: 'added' };
    // Added by somebody else who allows it at this moment.
    const stored = known ?? (await this.clients.find(client.id));
    if (stored === null) throw new InvalidClient('this app was removed here');
    const { settings } = partsOf(client);
    if (isDeepStrictEqual(settings, partsOf(stored).settings)) return { outcome: 'unchanged' };
    // Outdated: whoever was quicker stored what the same words say.
    const updated = await this.clients.update({ ...settings, ...partsOf(stored).kept });
    return { outcome: updated === 'updated' ? 'changed' : 'unchanged' };
  }
}
