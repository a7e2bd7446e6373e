import type { Client, DisabledBy } from '../../domain/clients/client.js';
import type { ClientSecret } from '../../domain/clients/client-secret.js';
import type { Page, PageRequest } from './page.js';

/** Clients with their secrets. Any verb may throw `StorageUnavailable`. */
export interface ClientRepository {
  /**
   * Keeps a new client with its secrets, all or nothing. `taken`: a client has this id, or had it and was removed; nothing changed. Throws when the id of a secret
   * is taken, and keeps none of them.
   */
  add(client: Client): Promise<'added' | 'taken'>;
  /** The client with all its secrets, expired ones included; `null` when there is none, or it was removed. Called on every token request. */
  find(id: string): Promise<Client | null>;
  /**
   * Overwrites everything but `id`, `ownerId`, `createdAt`, `disabledAt`, `disabledBy`, `ownTokensRevokedAt` and the secrets, and counts `version` up by one; of any number of
   * calls that read the same version exactly one is `updated`. `outdated`: the store's `version` is not this one, nothing changed. `unknown`: there is no such client.
   */
  update(client: Client): Promise<'updated' | 'outdated' | 'unknown'>;
  /**
   * Disables the client, or with `null` enables it, whatever it was before; nothing else changes. Logged as revoked or restored only where it was not so
   * before. `sparing`: one that the house disabled, by itself or with its
   * owner, stays as it is, also when that happens at the same moment. `false`: there is no such client, or it was spared.
   */
  setDisabled(id: string, disabled: { readonly at: Date; readonly by: DisabledBy } | null, sparing?: 'house'): Promise<boolean>;
  /** Disables every client of a person that works, `with_owner`; answers how many there were. */
  disableWithOwner(ownerId: string, at: Date): Promise<number>;
  /** Enables every client of a person that was disabled `with_owner`; answers how many there were. */
  enableWithOwner(ownerId: string): Promise<number>;
  /**
   * Removes the client and its secrets. From then on `find` answers `null`. Its tokens and codes are ended, and its grants revoked or as good as
   * that, before this resolves. `false`: there was none.
   */
  remove(id: string, at: Date): Promise<boolean>;
  /**
   * Ends every access token under no grant that the client was issued until `at`, that millisecond included, also one that another call is about to save: from
   * then on it is found ended. Where the store has such a token that counts as issued later, by a clock that is ahead, until the latest of those: what is in the
   * store when this is called has ended. Those issued after are good. Kept as `ownTokensRevokedAt`, and answered; of several moments the latest stands. `null`:
   * there is no such client.
   */
  revokeOwnTokens(id: string, at: Date): Promise<Date | null>;
  /** Newest first. `ownerId`: only that person's. Goes on after a client that was removed meanwhile; nothing after an id that never was. */
  list(filter: { readonly ownerId?: string }, page: PageRequest): Promise<Page<Client>>;
  /** Adds a secret beside the others. `full`: it has `mostSecrets` already, also when others are added at the same moment. `unknown`: there is no such client. */
  addSecret(secret: ClientSecret): Promise<'added' | 'full' | 'unknown'>;
  /** Removes one secret; the others are untouched. `false`: the client has none of that id. */
  removeSecret(clientId: string, secretId: string): Promise<boolean>;
}
