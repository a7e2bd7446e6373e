import type { Client } from '../../domain/clients/client.js';

/**
 * Who asks: the command line, whose right is the access to the machine, or a signed-in person. Every use case of clients takes one, so
 * that pages, API and command line cannot differ in what they allow.
 */
export type Actor = 'operator' | House | Person;

/** A client of nobody's that may do what the operator may, over the API. */
export interface House {
  /** The client's id. */
  readonly through: string;
  readonly house: true;
}

export interface Person {
  readonly id: string;
  readonly admin: boolean;
  /** The id of the client that acts for them, where one does. */
  readonly through?: string;
}

/** May act on the clients of everybody, on those of nobody, and decide what only the house may decide. */
export function actsForAll(actor: Actor): boolean {
  return actor === 'operator' || 'house' in actor || actor.admin;
}

/** Whether it is a client of theirs, be they an administrator or not. The command line and a client of the house own none. */
export function owns(actor: Actor, { ownerId }: Pick<Client, 'ownerId'>): boolean {
  return ownerId !== null && ownerId === personOf(actor);
}

/** The person's id; `null` for the command line. */
export function personOf(actor: Actor): string | null {
  return actor === 'operator' || 'house' in actor ? null : actor.id;
}
