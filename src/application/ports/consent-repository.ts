import type { Consent } from '../../domain/authorization/consent.js';
import type { GrantFilter } from './grant-repository.js';

/** What people agreed to, one consent for a person and a client. Any verb may throw `StorageUnavailable`. */
export interface ConsentRepository {
  find(userId: string, clientId: string): Promise<Consent | null>;
  /**
   * Keeps the consent, together with the earlier one for the same client as `consentAfter` says, in one atomic step. That of a person or client who is not
   * there may be kept or not.
   */
  give(consent: Consent): Promise<void>;
  /**
   * Forgets every consent of a person, of a client, or of a person for a client, so that people are asked again; answers how many. `givenUntil` spares those that
   * were given after it. Very many take longer than the 3 seconds of other verbs, in steps that each keep to them.
   */
  forget(of: GrantFilter, givenUntil?: Date): Promise<number>;
}
