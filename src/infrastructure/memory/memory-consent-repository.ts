import type { ConsentRepository } from '../../application/ports/consent-repository.js';
import type { Consent } from '../../domain/authorization/consent.js';
import { scopesBeyond, unionOf } from '../../domain/scope.js';
import { copyOf } from './copy-of.js';
import type { MemoryTables } from './memory-tables.js';

export class MemoryConsentRepository implements ConsentRepository {
  constructor(private readonly tables: MemoryTables) {}

  async find(userId: string, clientId: string): Promise<Consent | null> {
    return copyOf(this.tables.consents.get(keyOf(userId, clientId)) ?? null);
  }

  async give(consent: Consent): Promise<void> {
    const key = keyOf(consent.userId, consent.clientId);
    const earlier = this.tables.consents.get(key);
    const added = copyOf(consent);
    this.tables.consents.set(key, earlier && !earlier.expiresAt && !added.expiresAt ? united(earlier, added) : added);
  }

  async withdraw(userId: string, clientId: string): Promise<void> {
    this.tables.consents.delete(keyOf(userId, clientId));
  }
}

function united(earlier: Consent, added: Consent): Consent {
  return {
    ...added,
    scopes: scopesBeyond(unionOf(earlier.scopes, added.scopes), added.declinedScopes),
    declinedScopes: scopesBeyond(unionOf(earlier.declinedScopes, added.declinedScopes), added.scopes),
    givenAt: new Date(Math.max(earlier.givenAt.getTime(), added.givenAt.getTime())),
  };
}

function keyOf(userId: string, clientId: string): string {
  return JSON.stringify([userId, clientId]);
}
