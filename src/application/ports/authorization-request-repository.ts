import type { AuthorizationRequest, Decision } from '../../domain/authorization/authorization-request.js';

/** Authorization requests while a person signs in and decides. Any verb may throw `StorageUnavailable`. */
export interface AuthorizationRequestRepository {
  add(request: AuthorizationRequest): Promise<void>;
  /** The request, expired or not; `null` when there is none. */
  find(id: string): Promise<AuthorizationRequest | null>;
  /** Notes that the person goes on with their account; of two who say so the last counts. Nothing happens where there is no such request. */
  chooseAccount(id: string, userId: string): Promise<void>;
  /**
   * Records the decision, once. `decided`: this call's decision stands. Otherwise `earlier` is the decision that was there first (a double
   * click, a second tab) and nothing changed. `null`: there is no such request.
   */
  decide(id: string, decision: Decision): Promise<{ readonly outcome: 'decided' } | { readonly outcome: 'earlier'; readonly earlier: Decision } | null>;
}
