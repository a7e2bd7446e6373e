import { isMetadataUri, metadataHost } from './metadata-uri.js';
import type { Admitted } from './places.js';
import { isSelfRegistered } from './self-registration.js';

/** How a client that nobody registered here came to be known: by a document at a host of its own, or by what it registered of itself. */
export type Introduction = { readonly by: 'document'; readonly host: string } | { readonly by: 'registration' };

/** Whose introductions are taken: by where their documents are, and by where they send people back to. */
export interface AdmittedIntroductions {
  readonly documents: Admitted;
  readonly redirects: Admitted;
}

/** By its identifier; `null` for a client that somebody registered. */
export function introductionOf(clientId: string): Introduction | null {
  if (isMetadataUri(clientId)) return { by: 'document', host: metadataHost(clientId) };
  return isSelfRegistered(clientId) ? { by: 'registration' } : null;
}

/** What the client did, in words. */
export function introductionInWords(introduction: Introduction): string {
  return introduction.by === 'registration' ? 'registered itself' : `describes itself at ${introduction.host}`;
}

/** Is all that this server knows of the client the client's own word? */
export function introducesItself(clientId: string): boolean {
  return introductionOf(clientId) !== null;
}
