import type { GrantUse, SecretUse, UsageRepository } from '../../application/ports/usage-repository.js';
import { unionOf } from '../../domain/scope.js';
import type { Secret } from '../../domain/secret.js';
import { copyOf } from './copy-of.js';
import type { MemoryTables } from './memory-tables.js';

export class MemoryUsageRepository implements UsageRepository {
  constructor(private readonly tables: MemoryTables) {}

  async record({ secrets, grants }: { readonly secrets: readonly SecretUse[]; readonly grants: readonly GrantUse[] }): Promise<void> {
    const uses = new Map(secrets.map((use) => [use.secretId, use]));
    if (uses.size > 0) this.recordSecrets(uses);
    for (const { grantId, at, scopes } of copyOf(grants)) {
      const row = this.tables.grants.get(grantId);
      if (!row) continue;
      const { lastUsedAt: before, usedScopes } = row.grant;
      row.grant = { ...row.grant, lastUsedAt: before && before > at ? before : at, usedScopes: unionOf(usedScopes, scopes) };
    }
  }

  private recordSecrets(uses: ReadonlyMap<string, SecretUse>): void {
    for (const row of this.tables.clients.values()) row.client = { ...row.client, secrets: row.client.secrets.map((secret) => used(secret, uses)) };
    for (const [id, server] of this.tables.resourceServers) {
      this.tables.resourceServers.set(id, { ...server, secrets: server.secrets.map((secret) => used(secret, uses)) });
    }
  }
}

function used<Own extends Secret>(secret: Own, uses: ReadonlyMap<string, SecretUse>): Own {
  const use = uses.get(secret.id);
  return use && !(secret.lastUsed && secret.lastUsed.at > use.at) ? { ...secret, lastUsed: copyOf({ at: use.at, from: use.from }) } : secret;
}
