import type { ClientRepository } from '../../application/ports/client-repository.js';
import type { Page, PageRequest } from '../../application/ports/page.js';
import { type Client, type DisabledBy, partsOf } from '../../domain/clients/client.js';
import type { ClientSecret } from '../../domain/clients/client-secret.js';
import { mostSecrets } from '../../domain/secret-rules.js';
import { copyOf } from './copy-of.js';
import { firstPage } from './first-page.js';
import { revokeGrants } from './memory-grant-repository.js';
import { addRevocation } from './memory-revocation-repository.js';
import { type ClientRow, type MemoryTables, refuseTaken } from './memory-tables.js';

export class MemoryClientRepository implements ClientRepository {
  constructor(private readonly tables: MemoryTables) {}

  async add(client: Client): Promise<'added' | 'taken'> {
    if (this.tables.clients.has(client.id)) return 'taken';
    this.refuseTakenSecrets(client.secrets);
    this.tables.clients.set(client.id, { client: { ...copyOf(client), secrets: inOrder(client.secrets) }, removedAt: null });
    this.changed(client.id);
    return 'added';
  }

  async find(id: string): Promise<Client | null> {
    return copyOf(this.living(id)?.client ?? null);
  }

  async update(client: Client): Promise<'updated' | 'outdated' | 'unknown'> {
    const row = this.living(client.id);
    if (!row) return 'unknown';
    const { kept } = partsOf(row.client);
    if (client.version !== kept.version) return 'outdated';
    row.client = { ...copyOf(partsOf(client).settings), ...kept, version: kept.version + 1 };
    this.changed(client.id);
    return 'updated';
  }

  async setDisabled(id: string, disabled: { readonly at: Date; readonly by: DisabledBy } | null, sparing?: 'house'): Promise<boolean> {
    const row = this.living(id);
    if (!row || (sparing !== undefined && row.client.disabledAt !== null && row.client.disabledBy !== 'owner')) return false;
    const before = row.client.disabledAt;
    row.client = { ...row.client, disabledAt: copyOf(disabled?.at ?? null), disabledBy: disabled?.by ?? null };
    const subject = { kind: 'client', clientId: id } as const;
    if (disabled && !before) addRevocation(this.tables, { subject, at: disabled.at, reason: 'client_disabled' });
    if (!disabled && before) addRevocation(this.tables, { subject, at: new Date(), reason: 'restored' });
    this.changed(id);
    return true;
  }

  async disableWithOwner(ownerId: string, at: Date): Promise<number> {
    return this.switchAll((client) => client.ownerId === ownerId && client.disabledAt === null, { at, by: 'with_owner' });
  }

  async enableWithOwner(ownerId: string): Promise<number> {
    return this.switchAll((client) => client.ownerId === ownerId && client.disabledBy === 'with_owner', null);
  }

  async remove(id: string, at: Date): Promise<boolean> {
    const row = this.living(id);
    if (!row) return false;
    row.removedAt = copyOf(at);
    row.client = { ...row.client, secrets: [] };
    addRevocation(this.tables, { subject: { kind: 'client', clientId: id }, at, reason: 'revoked_by_operator' });
    for (const [key, consent] of this.tables.consents) {
      if (consent.clientId === id) this.tables.consents.delete(key);
    }
    revokeGrants(this.tables, { clientId: id }, { at, reason: 'revoked_by_operator' });
    this.changed(id);
    return true;
  }

  async revokeOwnTokens(id: string, at: Date): Promise<Date | null> {
    const row = this.living(id);
    if (!row) return null;
    const own = [...this.tables.accessTokens.values()].filter(({ token }) => token.clientId === id && token.grantId === null);
    const before = row.client.ownTokensRevokedAt?.getTime() ?? Number.NEGATIVE_INFINITY;
    const until = new Date(Math.max(before, at.getTime(), ...own.map(({ token }) => token.issuedAt.getTime())));
    if (until.getTime() === before) return until;
    row.client = { ...row.client, ownTokensRevokedAt: until };
    addRevocation(this.tables, { subject: { kind: 'own_tokens', clientId: id }, at: until, reason: 'revoked_by_operator' });
    this.changed(id);
    return copyOf(until);
  }

  async list(filter: { readonly ownerId?: string }, { after, limit }: PageRequest): Promise<Page<Client>> {
    const start = after === undefined ? null : this.tables.clients.get(after);
    if (start === undefined) return { items: [], next: null };
    const clients = [...this.tables.clients.values()]
      .filter(({ client, removedAt }) => removedAt === null && (!('ownerId' in filter) || client.ownerId === filter.ownerId))
      .map(({ client }) => client)
      .sort(newestFirst)
      .filter((client) => start === null || newestFirst(start.client, client) < 0);
    return firstPage(clients, limit);
  }

  async addSecret(secret: ClientSecret): Promise<'added' | 'full' | 'unknown'> {
    const row = this.living(secret.clientId);
    if (!row) return 'unknown';
    if (row.client.secrets.length >= mostSecrets) return 'full';
    this.refuseTakenSecrets([secret]);
    row.client = { ...row.client, secrets: inOrder([...row.client.secrets, secret]) };
    this.changed(secret.clientId);
    return 'added';
  }

  async removeSecret(clientId: string, secretId: string): Promise<boolean> {
    const row = this.living(clientId);
    if (!row?.client.secrets.some((secret) => secret.id === secretId)) return false;
    row.client = { ...row.client, secrets: row.client.secrets.filter((secret) => secret.id !== secretId) };
    this.changed(clientId);
    return true;
  }

  private async switchAll(which: (client: Client) => boolean, to: Parameters<ClientRepository['setDisabled']>[1]): Promise<number> {
    const ids = [...this.tables.clients.values()].filter((row) => row.removedAt === null && which(row.client)).map(({ client }) => client.id);
    for (const id of ids) await this.setDisabled(id, to);
    return ids.length;
  }

  /** Whichever client has it: the id of a secret is a key of its own. */
  private refuseTakenSecrets(secrets: readonly ClientSecret[]): void {
    const taken = new Set([...this.tables.clients.values()].flatMap(({ client }) => client.secrets.map(({ id }) => id)));
    for (const { id } of secrets) {
      refuseTaken(taken, id);
      taken.add(id);
    }
  }

  private changed(id: string): void {
    this.tables.notices.changed('clients', id);
  }

  private living(id: string): ClientRow | undefined {
    const row = this.tables.clients.get(id);
    return row?.removedAt === null ? row : undefined;
  }
}

/** Copies, the oldest first. */
function inOrder(secrets: readonly ClientSecret[]): ClientSecret[] {
  return copyOf([...secrets]).sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** Client ids are random, so time comes first and the id only settles a tie. */
function newestFirst(one: Client, other: Client): number {
  return other.createdAt.getTime() - one.createdAt.getTime() || (one.id < other.id ? 1 : one.id > other.id ? -1 : 0);
}
