import type { GrantRepository } from '../../application/ports/grant-repository.js';
import type { EndReason, Grant } from '../../domain/authorization/grant.js';
import { copyOf } from './copy-of.js';
import { type Ending, type MemoryTables, refuseTaken } from './memory-tables.js';

type GrantFilter = Parameters<GrantRepository['revokeAll']>[0];

export class MemoryGrantRepository implements GrantRepository {
  constructor(private readonly tables: MemoryTables) {}

  async add(grant: Grant): Promise<void> {
    refuseTaken(this.tables.grants, grant.id);
    this.tables.grants.set(grant.id, copyOf(grant));
  }

  async find(id: string): Promise<Grant | null> {
    return copyOf(this.tables.grants.get(id) ?? null);
  }

  async revoke(id: string, reason: EndReason, at: Date): Promise<boolean> {
    return revokeGrant(this.tables, id, { at, reason });
  }

  async revokeAll(of: GrantFilter, reason: EndReason, at: Date): Promise<number> {
    return revokeGrants(this.tables, of, { at, reason });
  }
}

/** The first reason stays. `false`: none, or revoked before. */
export function revokeGrant({ grants }: MemoryTables, id: string, revoked: Ending): boolean {
  const grant = grants.get(id);
  if (!grant || grant.revoked) return false;
  grants.set(id, { ...grant, revoked: copyOf(revoked) });
  return true;
}

export function revokeGrants(tables: MemoryTables, of: GrantFilter, revoked: Ending): number {
  const ids = [...tables.grants.values()]
    .filter((grant) => (!('userId' in of) || grant.userId === of.userId) && (!('clientId' in of) || grant.clientId === of.clientId))
    .map(({ id }) => id);
  return ids.filter((id) => revokeGrant(tables, id, revoked)).length;
}
