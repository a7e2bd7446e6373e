import type { ClientSecret } from '../../domain/clients/client-secret.js';
import { NotFound } from '../../domain/errors.js';
import type { ClientRepository } from '../ports/client-repository.js';
import type { Actor } from './actor.js';
import { clientWithinReach } from './client-within-reach.js';

export interface SecretRemoval {
  readonly actor: Actor;
  readonly clientId: string;
  readonly secretId: string;
}

/** Removes one secret of a client, at once; the others go on working. Answers the secret that was removed. */
export class RemoveSecret {
  constructor(private readonly clients: ClientRepository) {}

  async execute({ actor, clientId, secretId }: SecretRemoval): Promise<ClientSecret> {
    const client = await clientWithinReach(this.clients, actor, clientId);
    const secret = client.secrets.find((candidate) => candidate.id === secretId);
    if (secret === undefined || !(await this.clients.removeSecret(clientId, secretId))) throw new NotFound('secret');
    return secret;
  }
}
