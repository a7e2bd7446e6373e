import type { RevocationRepository } from '../../application/ports/revocation-repository.js';
import { later } from '../../domain/moments.js';
import type { Revocation } from '../../domain/tokens/revocation.js';
import { copyOf } from './copy-of.js';
import type { MemoryTables } from './memory-tables.js';

/** A place in the log is how many entries came before it, purged ones too. */
export class MemoryRevocationRepository implements RevocationRepository {
  constructor(private readonly tables: MemoryTables) {}

  async latest(): Promise<string> {
    return String(this.tables.revocationsAdded);
  }

  async since(position: string, limit: number) {
    const seen = Number(position);
    if (seen > this.tables.revocationsAdded) return null;
    const newer = [...this.tables.revocations].filter(([number]) => number > seen);
    const page = newer.slice(0, limit);
    const more = newer.length > limit;
    const reached = more ? page.at(-1)?.[0] : this.tables.revocationsAdded;
    return { revocations: page.map(([, revocation]) => copyOf(revocation)), position: String(reached), more };
  }

  async add(revocation: Revocation): Promise<void> {
    addRevocation(this.tables, revocation);
  }

  async reach(until: Date): Promise<void> {
    if (until > this.tables.accessTokensReach) this.tables.accessTokensReach = copyOf(until);
  }
}

/** Adds to the log of what was revoked. Without `until` it is when no access token that lives at the moment lives any more. */
export function addRevocation(tables: MemoryTables, { until, ...revocation }: Omit<Revocation, 'until'> & { readonly until?: Date }): void {
  tables.revocationsAdded += 1;
  tables.revocations.set(tables.revocationsAdded, copyOf({ ...revocation, until: until ?? lastExpiry(tables, revocation.at) }));
  tables.notices.changed('revocations', '');
}

/** A day is added for those that are being issued just then. */
function lastExpiry({ accessTokens, accessTokensReach }: MemoryTables, at: Date): Date {
  let latest = at > accessTokensReach ? at : accessTokensReach;
  for (const { token } of accessTokens.values()) if (token.expiresAt > latest) latest = token.expiresAt;
  return later(latest, 24 * 3600);
}
