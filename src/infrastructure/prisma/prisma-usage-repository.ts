import type { GrantUse, SecretUse, UsageRepository } from '../../application/ports/usage-repository.js';
import { isUuid } from '../../domain/is-uuid.js';
import { Prisma, type PrismaClient } from './generated/client.js';
import { isText } from './keys.js';

/**
 * A batch is one statement of each kind and travels as JSON, because lists of scopes have different lengths. Rows are locked in the order of
 * their ids, so that two instances that send the same ones wait for each other instead of deadlocking.
 */
export class PrismaUsageRepository implements UsageRepository {
  constructor(private readonly prisma: PrismaClient) {}

  async record({ secrets, grants }: { readonly secrets: readonly SecretUse[]; readonly grants: readonly GrantUse[] }): Promise<void> {
    const secretUses = secrets.filter(({ secretId, from }) => isUuid(secretId) && (from === null || isText(from)));
    const grantUses = grants.filter(({ grantId, scopes }) => isUuid(grantId) && scopes.every(isText));
    if (secretUses.length > 0) {
      await this.recordSecrets(secretUses, Prisma.sql`client_secrets`);
      await this.recordSecrets(secretUses, Prisma.sql`resource_server_secrets`);
    }
    if (grantUses.length > 0) await this.recordGrants(grantUses);
  }

  private async recordSecrets(uses: readonly SecretUse[], table: Prisma.Sql): Promise<void> {
    await this.prisma.$executeRaw`
      WITH use AS (
        SELECT * FROM jsonb_to_recordset(${JSON.stringify(uses)}::jsonb) AS use ("secretId" uuid, at timestamptz, "from" text)
      ), locked AS (SELECT id FROM ${table} WHERE id IN (SELECT "secretId" FROM use) ORDER BY id FOR NO KEY UPDATE)
      UPDATE ${table} s SET last_used_at = use.at, last_used_from = use."from"
      FROM use JOIN locked ON locked.id = use."secretId"
      WHERE s.id = use."secretId" AND (s.last_used_at IS NULL OR s.last_used_at <= use.at)`;
  }

  private async recordGrants(uses: readonly GrantUse[]): Promise<void> {
    await this.prisma.$executeRaw`
      WITH use AS (
        SELECT * FROM jsonb_to_recordset(${JSON.stringify(uses)}::jsonb) AS use ("grantId" uuid, at timestamptz, scopes text[])
      )
      INSERT INTO grant_usage AS known (grant_id, last_used_at, used_scopes)
      SELECT g.id, use.at, use.scopes FROM use JOIN grants g ON g.id = use."grantId" ORDER BY g.id
      ON CONFLICT (grant_id) DO UPDATE SET
        last_used_at = GREATEST(known.last_used_at, EXCLUDED.last_used_at),
        used_scopes = known.used_scopes || ARRAY(
          SELECT scope FROM unnest(EXCLUDED.used_scopes) WITH ORDINALITY AS used (scope, place) WHERE scope <> ALL (known.used_scopes) ORDER BY place
        )`;
  }
}
