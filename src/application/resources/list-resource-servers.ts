import type { ResourceServer } from '../../domain/resources/resource-server.js';
import type { ResourceServerRepository } from '../ports/resource-server-repository.js';

/** Every resource server, the oldest first. */
export class ListResourceServers {
  constructor(private readonly servers: ResourceServerRepository) {}

  execute(): Promise<readonly ResourceServer[]> {
    return this.servers.all();
  }
}
