import type { ConnectionRepository } from '../../application/ports/connection-repository.js';
import type { Page, PageRequest } from '../../application/ports/page.js';
import type { ConnectedClient, Connection, ConnectionPlace, Reach } from '../../domain/authorization/connection.js';
import type { Consent } from '../../domain/authorization/consent.js';
import type { Grant } from '../../domain/authorization/grant.js';
import type { Client } from '../../domain/clients/client.js';
import { copyOf } from './copy-of.js';
import { firstPage } from './first-page.js';
import type { MemoryTables } from './memory-tables.js';

export class MemoryConnectionRepository implements ConnectionRepository {
  constructor(private readonly tables: MemoryTables) {}

  async listOf(userId: string, at: Date, { after, limit }: PageRequest<ConnectionPlace>): Promise<Page<Connection, ConnectionPlace>> {
    const all = this.connections(at, (of) => of.userId === userId);
    const left = [...all.filter(({ live }) => live), ...all.filter(({ live }) => !live)].filter((one) => after === undefined || isBehind(one, after));
    const items = left.slice(0, limit);
    const last = items.at(-1);
    return { items, next: last && left.length > limit ? { live: last.live, clientId: last.client.id } : null };
  }

  async find(userId: string, clientId: string, at: Date): Promise<Connection | null> {
    return this.connections(at, (of) => of.userId === userId && of.clientId === clientId)[0] ?? null;
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

  private connections(at: Date, wanted: (of: { readonly userId: string; readonly clientId: string }) => boolean): Connection[] {
    const grants = this.live(at, wanted);
    const consents = [...this.tables.consents.values()].filter((consent) => wanted(consent) && (consent.expiresAt === null || consent.expiresAt > at));
    const ids = [...new Set([...grants, ...consents].map(({ clientId }) => clientId))].sort();
    return ids.flatMap((id) => {
      const client = this.livingClient(id);
      const given = grants.filter(({ clientId }) => clientId === id);
      if (client && given.length > 0) return connectionOf(client, given);
      return client?.consent === 'ask' ? consents.filter(({ clientId }) => clientId === id).map((consent) => rememberedOf(client, consent)) : [];
    });
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

function isBehind({ live, client }: Connection, after: ConnectionPlace): boolean {
  return live === after.live ? client.id > after.clientId : after.live;
}

function connectionOf(client: Client, grants: readonly Grant[]): Connection {
  const ends = grants.map(({ expiresAt }) => expiresAt);
  return copyOf({
    client: seenOf(client),
    live: true,
    scopes: [...new Set(grants.flatMap(({ scopes }) => scopes))].sort(),
    since: new Date(Math.min(...grants.map(({ createdAt }) => createdAt.getTime()))),
    lastUsedAt: latestOf(grants.flatMap(({ lastUsedAt }) => lastUsedAt ?? [])),
    usedScopes: [...new Set(grants.flatMap(({ usedScopes }) => usedScopes))].sort(),
    expiresAt: ends.includes(null) ? null : latestOf(ends.flatMap((end) => end ?? [])),
  });
}

function rememberedOf(client: Client, { scopes, givenAt, expiresAt }: Consent): Connection {
  return copyOf({ client: seenOf(client), live: false, scopes: [...scopes].sort(), since: givenAt, lastUsedAt: null, usedScopes: [], expiresAt });
}

function seenOf({ id, name, description, homepageUri, logoUri, disabledAt }: Client): ConnectedClient {
  return { id, name, description, homepageUri, logoUri, disabledAt };
}

function latestOf(moments: readonly Date[]): Date | null {
  return moments.length === 0 ? null : new Date(Math.max(...moments.map((moment) => moment.getTime())));
}
