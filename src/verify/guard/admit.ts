import type { Verifier } from '../create-verifier.js';
import type { Active } from '../verification.js';
import { type AuthorizationSent, readAuthorization } from './authorization-header.js';
import { askForToken, type Refusal, refuse, refuseSeveral } from './challenge.js';
import { metadataUrl } from './protected-resource-metadata.js';

export type Admission = { readonly token: Active } | { readonly token: null; readonly refusal: Refusal };

/** May this request in? The one decision behind every framework. */
export async function admit(verifier: Verifier, sent: AuthorizationSent, scopes: readonly string[]): Promise<Admission> {
  const place = { scopes, audience: verifier.audience, metadataUrl: metadataUrl(verifier.audience) };
  const presented = readAuthorization(sent);
  if (presented.scheme === 'none') return { token: null, refusal: askForToken(place) };
  if (presented.scheme === 'several') return { token: null, refusal: refuseSeveral(place) };
  const verification = await verifier.verify(presented.token, { scopes });
  return verification.active ? { token: verification } : { token: null, refusal: refuse(verification, place) };
}
