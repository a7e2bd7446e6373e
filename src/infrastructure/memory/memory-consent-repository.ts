import type { ConsentRepository } from '../../application/ports/consent-repository.js';
import type { GrantFilter } from '../../application/ports/grant-repository.js';
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

  async forget(of: GrantFilter, givenUntil?: Date): Promise<number> {
    const found = [...this.tables.consents].filter(
      ([, { userId, clientId, givenAt }]) =>
        (!('userId' in of) || userId === of.userId) && (!('clientId' in of) || clientId === of.clientId) && (givenUntil === undefined || givenAt <= givenUntil),
    );
    return found.filter(([key]) => this.tables.consents.delete(key)).length;
  }
}

export function consentKey(userId: string, clientId: string): string {
  return JSON.stringify([userId, clientId]);
}
