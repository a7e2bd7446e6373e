import { openScopes } from '../../domain/api-scope.js';
import { redirectUriMatches } from '../../domain/authorization/redirect-uri.js';
import type { AdmittedRedirects } from '../../domain/clients/admitted-redirects.js';
import { type ClientMetadata, redirectUrisIn } from '../../domain/clients/metadata-members.js';
import { identifierOf, registrationFrom, type SelfRegistration } from '../../domain/clients/self-registration.js';
import { parseScope, scopesWithin } from '../../domain/scope.js';
import type { KnownScopes } from '../resources/known-scopes.js';

export interface SelfRegistered extends SelfRegistration {
  readonly clientId: string;
  /** Of the scopes that it named those that it may ask for, and any other that is not of this server's own API. */
  readonly scopes: readonly string[];
}

/**
 * A client registers itself (RFC 7591 §3). Nothing is stored: its identifier holds what it is (`identifierOf`), `NamedClients` finds it by that, and `KeepClient`
 * stores it when somebody allows it.
 */
export class SelfRegister {
  constructor(
    private readonly admitted: AdmittedRedirects,
    private readonly known: Pick<KnownScopes, 'all'>,
  ) {}

  /** Redirect URIs come back as they were named, with their ports. Throws `InvalidRedirectUri` and `InvalidClientMetadata`. */
  async execute(metadata: ClientMetadata): Promise<SelfRegistered> {
    const registration = registrationFrom(metadata, this.admitted);
    const redirectUris = redirectUrisIn(metadata).filter((named) => registration.redirectUris.some((taken) => redirectUriMatches(taken, named)));
    return { ...registration, clientId: identifierOf(registration), redirectUris, scopes: await this.scopesIn(metadata) };
  }

  private async scopesIn({ scope }: ClientMetadata): Promise<readonly string[]> {
    const named = typeof scope === 'string' ? parseScope(scope) : null;
    return scopesWithin(named ?? [], openScopes((await this.known.all()).map(({ name }) => name)));
  }
}
