import type { ResourceServerRepository } from '../../application/ports/resource-server-repository.js';
import { isUuid } from '../../domain/is-uuid.js';
import type { ResourceServer, ResourceServerSecret, SigningAlgorithm, TokenFormat } from '../../domain/resources/resource-server.js';
import type { ScopeEntry } from '../../domain/scope.js';
import { mostSecrets } from '../../domain/secret-rules.js';
import { withoutSlash } from '../../domain/without-slash.js';
import type { PrismaClient, ResourceServer as Row, ResourceServerScope as ScopeRow, ResourceServerSecret as SecretRow } from './generated/client.js';
import { isText } from './keys.js';
import { violates } from './violates.js';

/** Written rarely and read by its key: through the generated client, whose nested writes are one transaction. */
export class PrismaResourceServerRepository implements ResourceServerRepository {
  constructor(private readonly prisma: PrismaClient) {}

  async add({ scopes, secrets, ...server }: ResourceServer): Promise<'added' | 'identifier_taken' | 'scope_taken'> {
    try {
      const parts = { scopes: { createMany: { data: scopes.map(scopeRow) } }, secrets: { createMany: { data: secrets.map(secretRow) } } };
      await this.prisma.resourceServer.create({ data: { ...server, identifierKey: withoutSlash(server.identifier), ...parts }, select: { id: true } });
      return 'added';
    } catch (error) {
      if (violates(error, 'resource_servers_identifier_key_key')) return 'identifier_taken';
      if (violates(error, 'resource_server_scopes_pkey')) return 'scope_taken';
      throw error;
    }
  }

  async find(id: string): Promise<ResourceServer | null> {
    if (!isText(id)) return null;
    const row = await this.prisma.resourceServer.findUnique({ where: { id }, include: parts });
    return row && toDomain(row);
  }

  /** First the row, under its version: whoever waits for it sees the version counted up, and does nothing. */
  async update({ id, name, scopes, tokenFormat, signingAlgorithm, version }: ResourceServer): Promise<'updated' | 'outdated' | 'unknown' | 'scope_taken'> {
    if (!isText(id)) return 'unknown';
    const settings = { name, tokenFormat, signingAlgorithm, version: { increment: 1 } };
    try {
      return await this.prisma.$transaction(async (transaction) => {
        const { count } = await transaction.resourceServer.updateMany({ where: { id, version }, data: settings });
        if (count === 0) return (await transaction.resourceServer.count({ where: { id } })) > 0 ? 'outdated' : 'unknown';
        await transaction.resourceServerScope.deleteMany({ where: { resourceServerId: id } });
        await transaction.resourceServerScope.createMany({ data: scopes.map((scope, position) => ({ ...scopeRow(scope, position), resourceServerId: id })) });
        return 'updated';
      });
    } catch (error) {
      if (violates(error, 'resource_server_scopes_pkey')) return 'scope_taken';
      throw error;
    }
  }

  async remove(id: string): Promise<boolean> {
    if (!isText(id)) return false;
    const { count } = await this.prisma.resourceServer.deleteMany({ where: { id } });
    return count === 1;
  }

  async all(): Promise<readonly ResourceServer[]> {
    const rows = await this.prisma.resourceServer.findMany({ include: parts, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
    return rows.map(toDomain);
  }

  /** Two statements, as with the secrets of clients: whoever waited for the lock counts what the one before added. */
  async addSecret(secret: ResourceServerSecret): Promise<'added' | 'full' | 'unknown'> {
    const { id, resourceServerId, label, digest, lastFour, createdAt, createdBy, expiresAt } = secret;
    if (!isText(resourceServerId)) return 'unknown';
    const [found, added] = await this.prisma.$transaction([
      this.prisma.$queryRaw<unknown[]>`SELECT FROM resource_servers WHERE id = ${resourceServerId}::text FOR NO KEY UPDATE`,
      this.prisma.$executeRaw`
        INSERT INTO resource_server_secrets (id, resource_server_id, label, digest, last_four, created_at, created_by, expires_at)
        SELECT ${id}::uuid, s.id, ${label}::text, ${digest}::bytea, ${lastFour}::text, ${createdAt}::timestamptz, ${createdBy}::uuid, ${expiresAt}::timestamptz
        FROM resource_servers s
        WHERE s.id = ${resourceServerId}::text
          AND (SELECT count(*) FROM resource_server_secrets o WHERE o.resource_server_id = s.id) < ${mostSecrets}::int`,
    ]);
    return added === 1 ? 'added' : found.length > 0 ? 'full' : 'unknown';
  }

  async removeSecret(resourceServerId: string, secretId: string): Promise<boolean> {
    if (!isText(resourceServerId) || !isUuid(secretId)) return false;
    const { count } = await this.prisma.resourceServerSecret.deleteMany({ where: { id: secretId, resourceServerId } });
    return count === 1;
  }
}

const parts = { scopes: { orderBy: { position: 'asc' } }, secrets: { orderBy: { id: 'asc' } } } as const;

function scopeRow({ name, sentence }: ScopeEntry, position: number) {
  return { name, sentence, position };
}

function secretRow({ resourceServerId, digest, lastUsed, ...secret }: ResourceServerSecret) {
  return { ...secret, digest: new Uint8Array(digest), lastUsedAt: lastUsed?.at ?? null, lastUsedFrom: lastUsed?.from ?? null };
}

function toDomain({ identifierKey, scopes, secrets, ...row }: Row & { scopes: readonly ScopeRow[]; secrets: readonly SecretRow[] }): ResourceServer {
  return {
    ...row,
    tokenFormat: row.tokenFormat as TokenFormat,
    signingAlgorithm: row.signingAlgorithm as SigningAlgorithm,
    scopes: scopes.map(({ name, sentence }) => ({ name, sentence })),
    secrets: secrets.map(({ lastUsedAt, lastUsedFrom, ...secret }) => ({ ...secret, lastUsed: lastUsedAt && { at: lastUsedAt, from: lastUsedFrom } })),
  };
}
