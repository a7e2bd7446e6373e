import type { ConsentRepository } from '../../application/ports/consent-repository.js';
import type { Consent } from '../../domain/authorization/consent.js';
import { unionOf } from '../../domain/scope.js';
import { copyOf } from './copy-of.js';
import type { MemoryTables } from './memory-tables.js';

export class MemoryConsentRepository implements ConsentRepository {
  constructor(private readonly tables: MemoryTables) {}

  async find(userId: string, clientId: string): Promise<Consent | null> {
    return copyOf(this.tables.consents.get(keyOf(userId, clientId)) ?? null);
  }

  async give(consent: Consent): Promise<void> {
    const { userId, clientId } = consent;
    const earlier = this.tables.consents.get(keyOf(userId, clientId));
    const scopes = unionOf(earlier?.scopes ?? [], consent.scopes);
    const givenAt = earlier && earlier.givenAt > consent.givenAt ? earlier.givenAt : copyOf(consent.givenAt);
    this.tables.consents.set(keyOf(userId, clientId), { userId, clientId, scopes, givenAt });
  }

  async withdraw(userId: string, clientId: string): Promise<void> {
    this.tables.consents.delete(keyOf(userId, clientId));
  }
}

function keyOf(userId: string, clientId: string): string {
  return JSON.stringify([userId, clientId]);
}
