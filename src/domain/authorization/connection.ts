import type { Client } from '../clients/client.js';

/** What a person sees of an app. */
export type ConnectedClient = Pick<Client, 'id' | 'name' | 'description' | 'homepageUri' | 'logoUri' | 'disabledAt'>;

/** All live grants of one person for one client, seen as one: on pages, a connected app. */
export interface Connection {
  readonly client: ConnectedClient;
  /** Of any of the grants, each once, sorted. */
  readonly scopes: readonly string[];
  /** When the oldest of the grants was given. */
  readonly since: Date;
  readonly lastUsedAt: Date | null;
  /** Of any of the grants, each once, sorted. */
  readonly usedScopes: readonly string[];
  /** When the last of the grants ends by itself; `null` as soon as one of them does not. */
  readonly expiresAt: Date | null;
}

/** Grants that are counted at most: enough to make anybody think twice, and few enough to be counted while a page waits. */
export const reachCounted = 10_000;

/** What deleting a client would end. */
export interface Reach {
  /** Who have a live grant for it. */
  readonly people: number;
  /** Their live grants; every token that acts for a person descends from one of them. */
  readonly grants: number;
  /** There are more than were counted, and perhaps more people. */
  readonly more: boolean;
}
