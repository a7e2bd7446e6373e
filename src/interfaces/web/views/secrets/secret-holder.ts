import type { Secret } from '../../../../domain/secret.js';

/** Whose secrets a page is about: an app's, or those of an API. */
export interface SecretHolder {
  readonly name: string;
  /** Its own page, beneath which those of its secrets lie. */
  readonly href: string;
  readonly secrets: readonly Secret[];
  /** The person it belongs to; `null` for one that belongs to nobody. */
  readonly ownerId: string | null;
  /** What it cannot do without a secret, as the end of a sentence: `the app cannot get tokens`. */
  readonly without: string;
  /** What goes on after a secret was removed, in a sentence; `null`: nothing does. */
  readonly goesOn: string | null;
}
