import type { Consent } from '../../domain/authorization/consent.js';

/** What people agreed to, one consent for a person and a client. Any verb may throw `StorageUnavailable`. */
export interface ConsentRepository {
  find(userId: string, clientId: string): Promise<Consent | null>;
  /**
   * Keeps the consent, together with the earlier one for the same client as `consentAfter` says, in one atomic step. That of a person or client who is not
   * there may be kept or not.
   */
  give(consent: Consent): Promise<void>;
  /** Forgets it; the person will be asked again. Forgetting what is not there is no error. */
  withdraw(userId: string, clientId: string): Promise<void>;
}
