import { isDeepStrictEqual } from 'node:util';
import type { GrantFilter, GrantRepository } from '../../application/ports/grant-repository.js';
import type { Consent } from '../../domain/authorization/consent.js';
import type { Ending, EndReason, Grant } from '../../domain/authorization/grant.js';
import { copyOf } from './copy-of.js';
import { consentKey } from './memory-consent-repository.js';
import { addRevocation } from './memory-revocation-repository.js';
import { type MemoryTables, refuseTaken } from './memory-tables.js';

/** More than so many are one entry in the log of revocations; fewer are named, which is more exact. */
const namedAtMost = 20;

export class MemoryGrantRepository implements GrantRepository {
  constructor(private readonly tables: MemoryTables) {}

  async add(grant: Grant): Promise<void> {
    refuseTaken(this.tables.grants, grant.id);
    this.tables.grants.set(grant.id, copyOf({ grant, neededUntil: grant.createdAt }));
  }

  async addUnder(consent: Consent, grant: Grant): Promise<boolean> {
    if (!isDeepStrictEqual(this.tables.consents.get(consentKey(consent.userId, consent.clientId)), consent)) return false;
    await this.add(grant);
    return true;
  }

  async find(id: string): Promise<Grant | null> {
    return copyOf(this.tables.grants.get(id)?.grant ?? null);
  }

  async need(id: string, until: Date): Promise<void> {
    raiseNeed(this.tables, id, until);
  }

  async revoke(id: string, reason: EndReason, at: Date): Promise<boolean> {
    return revokeGrant(this.tables, id, { at, reason });
  }

  async revokeAll(of: GrantFilter, reason: EndReason, at: Date): Promise<number> {
    return revokeGrants(this.tables, of, { at, reason });
  }
}

/** The first reason stays. `false`: none, or revoked before. */
export function revokeGrant(tables: MemoryTables, id: string, revoked: Ending): boolean {
  const row = tables.grants.get(id);
  if (!row || row.grant.revoked) return false;
  row.grant = { ...row.grant, revoked: copyOf(revoked) };
  // An abandoned grant never had a token.
  if (revoked.reason !== 'abandoned') addRevocation(tables, { subject: { kind: 'grant', grantId: id }, ...revoked });
  return true;
}

export function revokeGrants(tables: MemoryTables, of: GrantFilter, revoked: Ending): number {
  const ids = [...tables.grants.values()]
    .map(({ grant }) => grant)
    .filter((grant) => (!('userId' in of) || grant.userId === of.userId) && (!('clientId' in of) || grant.clientId === of.clientId))
    .filter((grant) => !grant.revoked)
    .map(({ id }) => id);
  if (ids.length <= namedAtMost) return ids.filter((id) => revokeGrant(tables, id, revoked)).length;
  for (const id of ids) {
    const row = tables.grants.get(id);
    if (!row) continue;
    // By the moment of the end nobody would know that it is meant.
    if (row.grant.createdAt > revoked.at) revokeGrant(tables, id, revoked);
    else row.grant = { ...row.grant, revoked: copyOf(revoked) };
  }
  const { clientId = null, userId = null }: { clientId?: string | null; userId?: string | null } = of;
  addRevocation(tables, { subject: { kind: 'grants', clientId, userId }, ...revoked });
  return ids.length;
}

/** A grant is kept, and counts as live, until the last of what descends from it has expired. */
export function raiseNeed({ grants }: MemoryTables, id: string, ...ends: readonly Date[]): void {
  const row = grants.get(id);
  if (row) row.neededUntil = new Date(Math.max(row.neededUntil.getTime(), ...ends.map((end) => end.getTime())));
}
