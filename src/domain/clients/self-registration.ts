import { portless, redirectTarget } from '../authorization/redirect-uri.js';
import { InvalidClientMetadata, InvalidRedirectUri } from '../errors.js';
import { isAdmittedRedirect } from './admitted-redirects.js';
import type { ClientSettings } from './client.js';
import { longestClientId } from './longest-client-id.js';
import { type ClientMetadata, grantTypesIn, nameIn, type OwnWord, redirectUrisIn, settingsByOwnWord, textsIn } from './metadata-members.js';
import type { Admitted } from './places.js';

/** What a client registered of itself. Loopback redirect URIs stand without a port, so that a program which takes another each time is the same client each time. */
export type SelfRegistration = Pick<OwnWord, 'name' | 'redirectUris' | 'grantTypes'>;

/** What begins the identifier of a client that registered itself. */
const prefix = 'self_';

/** Ways to authenticate in whose place a client takes `none`; it is told so in the answer (RFC 7591 §3.2.1: "MAY reject or replace"). */
const replaceable = ['none', 'client_secret_basic', 'client_secret_post'];

/**
 * What a client asks to be registered as (RFC 7591 §2), as far as it can be. What it may not decide is replaced, and what this server has no use for passed over,
 * as §2 has it; where those who run this server let it send people back to is asked later, so that it stays the same client when they change their mind. Throws
 * `InvalidRedirectUri` and `InvalidClientMetadata`.
 */
export function registrationFrom(metadata: ClientMetadata): SelfRegistration {
  const usable = redirectUrisIn(metadata);
  if (usable.length === 0)
    throw new InvalidRedirectUri('redirect_uris names none that can be used: https, http on this device (127.0.0.1, [::1], localhost), or a scheme of its own');
  const redirectUris = [...new Set(usable.map(portless))].sort();
  const method = metadata.token_endpoint_auth_method ?? 'none';
  if (!(typeof method === 'string' && replaceable.includes(method)))
    throw new InvalidClientMetadata('token_endpoint_auth_method: apps that register themselves are public, so only none serves them');
  if (!textsIn(metadata.response_types ?? ['code']).includes('code')) throw new InvalidClientMetadata('response_types must hold code');
  const grantTypes = grantTypesIn(metadata);
  if (!grantTypes.includes('authorization_code')) throw new InvalidClientMetadata('grant_types must hold authorization_code');
  return { name: nameIn(metadata, redirectTarget(redirectUris[0] as string)), redirectUris, grantTypes };
}

/**
 * The identifier of such a client: all that it registered, in base64url (RFC 4648 §5). Nothing has to be kept until somebody allows it, and the same client gets the same one however
 * often it registers. It is not signed: whoever could make one up could as well register it. Throws `InvalidClientMetadata` where it would be too long.
 */
export function identifierOf({ name, redirectUris, grantTypes }: SelfRegistration): string {
  const refreshes = grantTypes.includes('refresh_token');
  const metadata = { client_name: name, redirect_uris: redirectUris, ...(refreshes ? {} : { grant_types: grantTypes }) };
  const identifier = prefix + Buffer.from(JSON.stringify(metadata)).toString('base64url');
  if (identifier.length > longestClientId) throw new InvalidClientMetadata('client_name and redirect_uris are too long together: name fewer redirect URIs');
  return identifier;
}

/** Did the client with this identifier register itself? One that is given out to those who register others never looks so. */
export function isSelfRegistered(clientId: string): boolean {
  return clientId.startsWith(prefix);
}

/** What an identifier says; `null` where it is none that `identifierOf` gives out. */
export function registrationIn(clientId: string): SelfRegistration | null {
  if (!isSelfRegistered(clientId) || clientId.length > longestClientId) return null;
  try {
    const registration = registrationFrom(JSON.parse(Buffer.from(clientId.slice(prefix.length), 'base64url').toString()));
    // One client has one identifier, however many texts would mean the same.
    return identifierOf(registration) === clientId ? registration : null;
  } catch {
    return null;
  }
}

/** Its settings, with `scopes` to ask for; `null` where it may send people nowhere any more. */
export function settingsFromRegistration(registration: SelfRegistration, admitted: Admitted, scopes: readonly string[]): ClientSettings | null {
  const redirectUris = registration.redirectUris.filter((uri) => isAdmittedRedirect(uri, admitted));
  return redirectUris.length === 0 ? null : settingsByOwnWord({ ...registration, homepageUri: null, redirectUris, scopes });
}
