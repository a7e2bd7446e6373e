import { NotFound } from '../../domain/errors.js';
import type { ResourceServerSecret } from '../../domain/resources/resource-server.js';
import type { ResourceServerRepository } from '../ports/resource-server-repository.js';
import { removeOne } from '../secrets/remove-one.js';

/** Removes one secret of a resource server, at once; the others go on working. Answers the secret that was removed. Throws `NotFound`. */
export class RemoveResourceServerSecret {
  constructor(private readonly servers: ResourceServerRepository) {}

  async execute({ id, secretId }: { readonly id: string; readonly secretId: string }): Promise<ResourceServerSecret> {
    const server = await this.servers.find(id);
    if (!server) throw new NotFound('resource server');
    return removeOne(server.secrets, secretId, () => this.servers.removeSecret(id, secretId));
  }
}
