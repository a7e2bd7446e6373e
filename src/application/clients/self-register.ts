import { openScopes } from '../../domain/api-scope.js';
import { redirectTarget, redirectUriMatches } from '../../domain/authorization/redirect-uri.js';
import { isAdmittedRedirect } from '../../domain/clients/admitted-redirects.js';
import { type ClientMetadata, redirectUrisIn } from '../../domain/clients/metadata-members.js';
import { type Admitted, addressProblem } from '../../domain/clients/places.js';
import { identifierOf, registrationFrom, type SelfRegistration } from '../../domain/clients/self-registration.js';
import { InvalidRedirectUri } from '../../domain/errors.js';
import { parseScope, scopesWithin } from '../../domain/scope.js';
import type { KnownScopes } from '../resources/known-scopes.js';

export interface SelfRegistered extends SelfRegistration {
  readonly clientId: string;
  /** Of the scopes that it named those that this server has, without those of its own API. */
  readonly scopes: readonly string[];
}

/**
 * A client registers itself (RFC 7591 §3). Nothing is stored: its identifier holds what it is (`identifierOf`), `NamedClients` finds it by that, and `KeepClient`
 * stores it when somebody allows it.
 */
export class SelfRegister {
  constructor(
    private readonly admitted: Admitted,
    private readonly known: Pick<KnownScopes, 'all'>,
  ) {}

  /** Redirect URIs come back as they were named, with their ports, without those that are not let in. Throws `InvalidRedirectUri` and `InvalidClientMetadata`. */
  async execute(metadata: ClientMetadata): Promise<SelfRegistered> {
    const registration = registrationFrom(metadata);
    const admitted = registration.redirectUris.filter((uri) => isAdmittedRedirect(uri, this.admitted));
    if (admitted.length === 0) throw new InvalidRedirectUri(notLetIn(registration.redirectUris[0] as string));
    const redirectUris = redirectUrisIn(metadata).filter((named) => admitted.some((taken) => redirectUriMatches(taken, named)));
    return { ...registration, clientId: identifierOf(registration), redirectUris, scopes: await this.scopesIn(metadata) };
  }

  private async scopesIn({ scope }: ClientMetadata): Promise<readonly string[]> {
    const named = typeof scope === 'string' ? parseScope(scope) : null;
    return scopesWithin(named ?? [], openScopes((await this.known.all()).map(({ name }) => name)));
  }
}

function notLetIn(redirectUri: string): string {
  const problem = redirectUri.startsWith('https:') ? addressProblem(redirectUri) : null;
  if (problem !== null) return `redirect_uris: ${redirectUri} ${problem}`;
  return `apps that people leave for ${redirectTarget(redirectUri)} cannot register themselves here; those who run this server can register this one, or let them (CLIENT_REGISTRATION)`;
}
