import type { ResourceServerRepository } from '../../application/ports/resource-server-repository.js';
import { sameResource } from '../../domain/resources/resource.js';
import type { ResourceServer, ResourceServerSecret } from '../../domain/resources/resource-server.js';
import { mostSecrets } from '../../domain/secret-rules.js';
import { copyOf } from './copy-of.js';
import { type MemoryTables, refuseTaken } from './memory-tables.js';

export class MemoryResourceServerRepository implements ResourceServerRepository {
  constructor(private readonly tables: MemoryTables) {}

  async add(server: ResourceServer): Promise<'added' | 'identifier_taken' | 'scope_taken'> {
    refuseTaken(this.tables.resourceServers, server.id);
    this.refuseTakenSecrets(server.secrets);
    const others = [...this.tables.resourceServers.values()];
    if (others.some(({ identifier }) => sameResource(identifier, server.identifier))) return 'identifier_taken';
    if (this.isScopeTaken(server)) return 'scope_taken';
    this.put({ ...copyOf(server), secrets: inOrder(server.secrets) });
    return 'added';
  }

  async find(id: string): Promise<ResourceServer | null> {
    return copyOf(this.tables.resourceServers.get(id) ?? null);
  }

  async update({ id, name, scopes, tokenFormat, signingAlgorithm, version }: ResourceServer): Promise<'updated' | 'outdated' | 'unknown' | 'scope_taken'> {
    const known = this.tables.resourceServers.get(id);
    if (!known) return 'unknown';
    if (known.version !== version) return 'outdated';
    if (this.isScopeTaken({ id, scopes })) return 'scope_taken';
    this.put({ ...known, name, scopes: copyOf(scopes), tokenFormat, signingAlgorithm, version: version + 1 });
    return 'updated';
  }

  async remove(id: string): Promise<boolean> {
    const removed = this.tables.resourceServers.delete(id);
    if (removed) this.tables.notices.changed('resource_servers', id);
    return removed;
  }

  async all(): Promise<readonly ResourceServer[]> {
    return copyOf([...this.tables.resourceServers.values()]).sort(oldestFirst);
  }

  async addSecret(secret: ResourceServerSecret): Promise<'added' | 'full' | 'unknown'> {
    const server = this.tables.resourceServers.get(secret.resourceServerId);
    if (!server) return 'unknown';
    if (server.secrets.length >= mostSecrets) return 'full';
    this.refuseTakenSecrets([secret]);
    this.put({ ...server, secrets: inOrder([...server.secrets, secret]) });
    return 'added';
  }

  async removeSecret(resourceServerId: string, secretId: string): Promise<boolean> {
    const server = this.tables.resourceServers.get(resourceServerId);
    if (!server?.secrets.some(({ id }) => id === secretId)) return false;
    this.put({ ...server, secrets: server.secrets.filter(({ id }) => id !== secretId) });
    return true;
  }

  private put(server: ResourceServer): void {
    this.tables.resourceServers.set(server.id, server);
    this.tables.notices.changed('resource_servers', server.id);
  }

  private isScopeTaken({ id, scopes }: Pick<ResourceServer, 'id' | 'scopes'>): boolean {
    const taken = [...this.tables.resourceServers.values()].filter((other) => other.id !== id).flatMap((other) => other.scopes.map(({ name }) => name));
    return scopes.some(({ name }) => taken.includes(name));
  }

  private refuseTakenSecrets(secrets: readonly ResourceServerSecret[]): void {
    const taken = new Set([...this.tables.resourceServers.values()].flatMap((server) => server.secrets.map(({ id }) => id)));
    for (const { id } of secrets) {
      refuseTaken(taken, id);
      taken.add(id);
    }
  }
}

/** Copies, the oldest first. */
function inOrder(secrets: readonly ResourceServerSecret[]): ResourceServerSecret[] {
  return copyOf([...secrets]).sort((one, other) => (one.id < other.id ? -1 : 1));
}

function oldestFirst(one: ResourceServer, other: ResourceServer): number {
  return one.createdAt.getTime() - other.createdAt.getTime() || (one.id < other.id ? -1 : 1);
}
