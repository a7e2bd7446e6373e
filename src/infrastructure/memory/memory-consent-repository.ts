import type { ConsentRepository } from '../../application/ports/consent-repository.js';
import { type Consent, consentAfter } from '../../domain/authorization/consent.js';
import { copyOf } from './copy-of.js';
import type { MemoryTables } from './memory-tables.js';

export class MemoryConsentRepository implements ConsentRepository {
  constructor(private readonly tables: MemoryTables) {}

  async find(userId: string, clientId: string): Promise<Consent | null> {
    return copyOf(this.tables.consents.get(consentKey(userId, clientId)) ?? null);
  }

  async give(consent: Consent): Promise<void> {
    const key = consentKey(consent.userId, consent.clientId);
    const earlier = this.tables.consents.get(key);
    const added = copyOf(consent);
    this.tables.consents.set(key, earlier ? consentAfter(earlier, added) : added);
  }

  async withdraw(userId: string, clientId: string): Promise<void> {
    this.tables.consents.delete(consentKey(userId, clientId));
  }
}

export function consentKey(userId: string, clientId: string): string {
  return JSON.stringify([userId, clientId]);
}
