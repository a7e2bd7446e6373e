import type { AdmittedRedirects } from './admitted-redirects.js';
import { type AdmittedMetadata, isMetadataUri, metadataHost } from './metadata-uri.js';
import { isSelfRegistered } from './self-registration.js';

/** How a client that nobody registered here came to be known: by a document at a host of its own, or by what it registered of itself. */
export type Introduction = { readonly describedAt: string } | 'self_registered';

/** Whose introductions are taken: by where their documents are, and by where they send people back to. */
export interface AdmittedIntroductions {
  readonly documents: AdmittedMetadata;
  readonly redirects: AdmittedRedirects;
}

/** By its identifier; `null` for a client that somebody registered. */
export function introductionOf(clientId: string): Introduction | null {
  if (isMetadataUri(clientId)) return { describedAt: metadataHost(clientId) };
  return isSelfRegistered(clientId) ? 'self_registered' : null;
}

/** Is all that this server knows of the client the client's own word? */
export function introducesItself(clientId: string): boolean {
  return introductionOf(clientId) !== null;
}
