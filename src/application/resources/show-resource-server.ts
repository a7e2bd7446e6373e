import { NotFound } from '../../domain/errors.js';
import type { ResourceServer } from '../../domain/resources/resource-server.js';
import type { ResourceServerRepository } from '../ports/resource-server-repository.js';

/** One resource server with its secrets, of which only labels and last characters are known. Throws `NotFound`. */
export class ShowResourceServer {
  constructor(private readonly servers: ResourceServerRepository) {}

  async execute({ id }: { readonly id: string }): Promise<ResourceServer> {
    const server = await this.servers.find(id);
    if (!server) throw new NotFound('resource server');
    return server;
  }
}
