import type { UpstreamMemory } from '../ports/upstream-provider.js';

/** Where a person was going when they were asked to sign in. */
export interface Destination {
  /** The authorization request that waits, by its id. */
  readonly requestId: string | null;
  /** The page of ours to open. */
  readonly next: string | null;
}

/**
 * What a sign-in is for, beyond knowing who it is. `again`: they are to prove anew who they are, for something that an open browser alone must not do. `other`:
 * they want to choose who to be, and nobody may sign them in unasked.
 */
export type AskedFor = 'again' | 'other' | null;

/** What is remembered of somebody who went to a provider, sealed until they are back. Survives JSON. */
export interface UpstreamErrand extends Destination {
  readonly providerId: string;
  readonly memory: UpstreamMemory;
  /** The user who, signed in, wants the identity to lead to them; `null`: they want to sign in. */
  readonly linkTo: string | null;
  /** ISO 8601. */
  readonly begunAt: string;
}
