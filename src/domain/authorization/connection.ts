import type { Client } from '../clients/client.js';

/** What a person sees of an app. */
export type ConnectedClient = Pick<Client, 'id' | 'name' | 'description' | 'homepageUri' | 'logoUri' | 'disabledAt'>;

/**
 * What one person and one client have, seen as one: on pages, a connected app. That is all live grants or, where there is none, the consent that is remembered:
 * under it the client may be given a grant unasked.
 */
export interface Connection {
  readonly client: ConnectedClient;
  /** A grant is live: the client acts for the person. `false`: all that follows is of the consent. */
  readonly live: boolean;
  /** Of any of the grants, or agreed to, each once, sorted. */
  readonly scopes: readonly string[];
  /** When the oldest of the grants was given, or the person last agreed. */
  readonly since: Date;
  readonly lastUsedAt: Date | null;
  /** Of any of the grants, each once, sorted. */
  readonly usedScopes: readonly string[];
  /** When the last of the grants, or the consent, ends by itself; `null` as soon as one of them does not. */
  readonly expiresAt: Date | null;
}

/** Where a connection stands in the list of a person's: those that are live come first, and each kind goes by client id. */
export interface ConnectionPlace {
  readonly live: boolean;
  readonly clientId: string;
}

/** Grants that are counted at most: enough to make anybody think twice, and few enough to be counted while a page waits. */
export const reachCounted = 10_000;

/** What ending all access of a client, or deleting it, would end. */
export interface Reach {
  /** Who have a live grant for it. */
  readonly people: number;
  /** Their live grants; every token that acts for a person descends from one of them. */
  readonly grants: number;
  /** There are more than were counted, and perhaps more people. */
  readonly more: boolean;
}
