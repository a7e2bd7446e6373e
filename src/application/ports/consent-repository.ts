import type { Consent } from '../../domain/authorization/consent.js';

/** What people agreed to, one consent for a person and a client. Any verb may throw `StorageUnavailable`. */
export interface ConsentRepository {
  find(userId: string, clientId: string): Promise<Consent | null>;
  /**
   * Keeps the consent. Where neither it nor the earlier one for the same client is limited in time, scopes agreed to earlier stay agreed to, those
   * declined stay declined, the new word on a scope counts, and `givenAt` becomes the newer one. Otherwise it takes the earlier one's place: what was
   * agreed to for a day must not live on because more was agreed to for good.
   */
  give(consent: Consent): Promise<void>;
  /** Forgets it; the person will be asked again. Forgetting what is not there is no error. */
  withdraw(userId: string, clientId: string): Promise<void>;
}
