import type { ResourceServer, ResourceServerSecret } from '../../domain/resources/resource-server.js';

/** Resource servers: few, and read as a whole. Any verb may throw `StorageUnavailable`. */
export interface ResourceServerRepository {
  /**
   * Keeps a new one with its scopes and secrets, or nothing of it. `identifier_taken`: another has the same identifier, a trailing slash aside;
   * `scope_taken`: another has one of its scopes. Decided atomically.
   */
  add(server: ResourceServer): Promise<'added' | 'identifier_taken' | 'scope_taken'>;
  /** The one of that id with all its secrets, expired ones included; `null` when there is none. Called on every introspection by one. */
  find(id: string): Promise<ResourceServer | null>;
  /**
   * Overwrites name, scopes, token format and signing algorithm where the version in the store is that of `server`, and counts it up by one, all or
   * nothing; the rest stays. `outdated`: it is at another version. Decided atomically: of several edits at once that read the same, one is done.
   */
  update(server: ResourceServer): Promise<'updated' | 'outdated' | 'unknown' | 'scope_taken'>;
  /** Removes it with its scopes and secrets. `false`: there was none. */
  remove(id: string): Promise<boolean>;
  /** All of them, the oldest first. */
  all(): Promise<readonly ResourceServer[]>;
  /** Adds a secret beside the others. `full`: it has `mostSecrets` of them, decided atomically; `unknown`: there is no such resource server. */
  addSecret(secret: ResourceServerSecret): Promise<'added' | 'full' | 'unknown'>;
  /** Removes one secret; the others are untouched. `false`: it has none of that id. */
  removeSecret(resourceServerId: string, secretId: string): Promise<boolean>;
}
