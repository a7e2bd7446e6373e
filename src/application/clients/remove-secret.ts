import type { ClientSecret } from '../../domain/clients/client-secret.js';
import type { ClientRepository } from '../ports/client-repository.js';
import { removeOne } from '../secrets/remove-one.js';
import type { Actor } from './actor.js';
import { clientWithinReach } from './client-within-reach.js';

export interface SecretRemoval {
  readonly actor: Actor;
  readonly clientId: string;
  readonly secretId: string;
}

/** Removes one secret of a client, at once; the others go on working. Answers the secret that was removed. Throws `NotFound`. */
export class RemoveSecret {
  constructor(private readonly clients: ClientRepository) {}

  async execute({ actor, clientId, secretId }: SecretRemoval): Promise<ClientSecret> {
    const { secrets } = await clientWithinReach(this.clients, actor, clientId);
    return removeOne(secrets, secretId, () => this.clients.removeSecret(clientId, secretId));
  }
}
