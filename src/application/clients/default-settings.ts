import { isApiScope } from '../../domain/api-scope.js';
import { actsForPeople, type ClientSettings, type GrantType } from '../../domain/clients/client.js';
import { isPersonScope } from '../../domain/person-scope.js';
import type { ScopeCatalogue } from '../../domain/scope.js';

/** What somebody chose about a client; what is left out or `undefined` takes its default, or stays as it is. */
export type ChosenSettings = { readonly [Field in keyof ClientSettings]?: ClientSettings[Field] | undefined };

/** The settings of a new client: the safest choice wherever none was made. Only a name has no default. */
export function withDefaults(chosen: ChosenSettings, catalogue: ScopeCatalogue): ClientSettings {
  const type = chosen.type ?? 'confidential';
  const redirectUris = chosen.redirectUris ?? [];
  const grantTypes = chosen.grantTypes ?? defaultGrantTypes(type, redirectUris);
  return tidied({
    name: chosen.name ?? '',
    description: chosen.description ?? null,
    homepageUri: chosen.homepageUri ?? null,
    logoUri: chosen.logoUri ?? null,
    type,
    redirectUris,
    grantTypes,
    scopes: chosen.scopes ?? defaultScopes(grantTypes, catalogue),
    optionalScopes: chosen.optionalScopes ?? [],
    pkce: chosen.pkce ?? 'required',
    refresh: chosen.refresh ?? 'rotate',
    consent: chosen.consent ?? 'ask',
    accessTokenFormat: chosen.accessTokenFormat ?? 'opaque',
    accessTokenLifetime: chosen.accessTokenLifetime ?? null,
    refreshTokenIdleLifetime: chosen.refreshTokenIdleLifetime ?? null,
    refreshTokenAbsoluteLifetime: chosen.refreshTokenAbsoluteLifetime ?? null,
  });
}

/** The settings with what was typed by people trimmed, and each entry of a list once. */
export function tidied(settings: ClientSettings): ClientSettings {
  return {
    ...settings,
    name: settings.name.trim(),
    redirectUris: [...new Set(settings.redirectUris)],
    grantTypes: [...new Set(settings.grantTypes)],
    scopes: [...new Set(settings.scopes)],
    optionalScopes: [...new Set(settings.optionalScopes)],
  };
}

/** Without a way back to it a confidential client can only act for itself (RFC 6749 §4.4). */
function defaultGrantTypes(type: ClientSettings['type'], redirectUris: readonly string[]): GrantType[] {
  return type === 'confidential' && redirectUris.length === 0 ? ['client_credentials'] : ['authorization_code', 'refresh_token'];
}

/**
 * All that this server has of its own, without what only somebody gives by name: its API, and for a client that acts for itself (RFC 6749 §4.4), what speaks of a
 * person.
 */
function defaultScopes(grantTypes: readonly GrantType[], catalogue: ScopeCatalogue): string[] {
  const own = catalogue.map((entry) => entry.name).filter((scope) => !isApiScope(scope));
  return actsForPeople({ grantTypes }) ? own : own.filter((scope) => !isPersonScope(scope));
}
