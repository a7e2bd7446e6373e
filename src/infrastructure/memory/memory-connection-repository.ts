import type { ConnectionRepository } from '../../application/ports/connection-repository.js';
import type { Page, PageRequest } from '../../application/ports/page.js';
import type { Connection, Reach } from '../../domain/authorization/connection.js';
import type { Grant } from '../../domain/authorization/grant.js';
import type { Client } from '../../domain/clients/client.js';
import { copyOf } from './copy-of.js';
import { firstPage } from './first-page.js';
import type { MemoryTables } from './memory-tables.js';

export class MemoryConnectionRepository implements ConnectionRepository {
  constructor(private readonly tables: MemoryTables) {}

  async list(userId: string, at: Date, { after = '', limit }: PageRequest): Promise<Page<Connection>> {
    const all = this.connections(at, (grant) => grant.userId === userId && grant.clientId > after);
    const items = all.slice(0, limit);
    return { items, next: all.length > limit ? (items.at(-1)?.client.id ?? null) : null };
  }

  async find(userId: string, clientId: string, at: Date): Promise<Connection | null> {
    return this.connections(at, (grant) => grant.userId === userId && grant.clientId === clientId)[0] ?? null;
  }

  async grantsOf(clientId: string, at: Date, { after, limit }: PageRequest): Promise<Page<Grant>> {
    const grants = this.live(at, (grant) => grant.clientId === clientId && (after === undefined || grant.id < after));
    return firstPage(
      grants.sort((one, other) => (one.id < other.id ? 1 : -1)),
      limit,
    );
  }

  async reach(clientId: string, at: Date, most: number): Promise<Reach> {
    const live = this.live(at, (grant) => grant.clientId === clientId);
    const grants = live.slice(0, most);
    return { people: new Set(grants.map(({ userId }) => userId)).size, grants: grants.length, more: live.length > most };
  }

  private connections(at: Date, wanted: (grant: Grant) => boolean): Connection[] {
    const grants = this.live(at, wanted);
    const clients = [...new Set(grants.map(({ clientId }) => clientId))].sort().flatMap((id) => this.livingClient(id) ?? []);
    return clients.map((client) =>
      connectionOf(
        client,
        grants.filter(({ clientId }) => clientId === client.id),
      ),
    );
  }

  private livingClient(id: string): Client | null {
    const row = this.tables.clients.get(id);
    return row && row.removedAt === null ? row.client : null;
  }

  private live(at: Date, wanted: (grant: Grant) => boolean): Grant[] {
    return [...this.tables.grants.values()]
      .filter(({ grant, neededUntil }) => !grant.revoked && neededUntil > at && wanted(grant) && this.livingClient(grant.clientId))
      .map(({ grant }) => grant);
  }
}

function connectionOf({ id, name, description, homepageUri, logoUri, disabledAt }: Client, grants: readonly Grant[]): Connection {
  const ends = grants.map(({ expiresAt }) => expiresAt);
  return copyOf({
    client: { id, name, description, homepageUri, logoUri, disabledAt },
    scopes: [...new Set(grants.flatMap(({ scopes }) => scopes))].sort(),
    since: new Date(Math.min(...grants.map(({ createdAt }) => createdAt.getTime()))),
    lastUsedAt: latestOf(grants.flatMap(({ lastUsedAt }) => lastUsedAt ?? [])),
    usedScopes: [...new Set(grants.flatMap(({ usedScopes }) => usedScopes))].sort(),
    expiresAt: ends.includes(null) ? null : latestOf(ends.flatMap((end) => end ?? [])),
  });
}

function latestOf(moments: readonly Date[]): Date | null {
  return moments.length === 0 ? null : new Date(Math.max(...moments.map((moment) => moment.getTime())));
}
