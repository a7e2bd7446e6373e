import type { Consent } from '../../domain/authorization/consent.js';
import type { EndReason, Grant } from '../../domain/authorization/grant.js';

/** Whose grants: a person's, a client's, or a person's for a client. */
export type GrantFilter = { readonly userId: string } | { readonly clientId: string } | { readonly userId: string; readonly clientId: string };

/** Grants, the roots from which codes and tokens descend. Any verb may throw `StorageUnavailable`. */
export interface GrantRepository {
  /** Keeps a new grant, before anything that descends from it. */
  add(grant: Grant): Promise<void>;
  /**
   * Keeps a new grant that the person was not asked for, if the consent it rests on still is as it was read; `false`: it is not, nothing was kept. When the
   * consent is withdrawn at the same moment, either this is `false`, or the `revokeAll` that comes after the withdrawal finds the grant.
   */
  addUnder(consent: Consent, grant: Grant): Promise<boolean>;
  /** `revoked` of one whose client was removed may still be `null`: very many are ended with the client, and marked when there is time. */
  find(id: string): Promise<Grant | null>;
  /**
   * Says until when the grant is needed at least: it counts as live, and is kept, until then. Stores that keep a grant and what descends from it
   * side by side do so themselves when they save codes and tokens. One that is not there is no error.
   */
  need(id: string, until: Date): Promise<void>;
  /**
   * Revokes the grant. When this resolves nothing that descends from it is good any more, including what another call is about to save:
   * a code cannot be consumed, a refresh token not used, an access token is found ended. The first reason stays. `false`: none, or revoked before.
   */
  revoke(id: string, reason: EndReason, at: Date): Promise<boolean>;
  /**
   * The same for every grant of a person, of a client, or of a person for a client that was not revoked before, needed or not; answers how many. Very many take
   * longer than the 3 seconds of other verbs, in steps that each keep to them: when one fails those before it stay done, and another call goes on from there.
   */
  revokeAll(of: GrantFilter, reason: EndReason, at: Date): Promise<number>;
}
