import { NotFound } from '../../domain/errors.js';
import type { ResourceServerSecret } from '../../domain/resources/resource-server.js';
import type { Actor } from '../clients/actor.js';
import type { ResourceServerRepository } from '../ports/resource-server-repository.js';
import { removeOne } from '../secrets/remove-one.js';
import type { ResourceDirectory } from './resource-directory.js';

/** Removes one secret of a resource server, at once; the others go on working. Answers the secret that was removed. Throws `NotFound`. */
export class RemoveResourceServerSecret {
  constructor(
    private readonly servers: ResourceServerRepository,
    private readonly directory: Pick<ResourceDirectory, 'forget'>,
  ) {}

  async execute({ id, secretId }: { readonly actor: Actor; readonly id: string; readonly secretId: string }): Promise<ResourceServerSecret> {
    const server = await this.servers.find(id);
    if (!server) throw new NotFound('resource server');
    const removed = await removeOne(server.secrets, secretId, () => this.servers.removeSecret(id, secretId));
    this.directory.forget();
    return removed;
  }
}
