import type { ChosenSettings } from '../../application/clients/default-settings.js';
import type { Client } from '../../domain/clients/client.js';
import { InvalidInput, type Problem } from '../../domain/errors.js';
import type { ClientOptions, RemovalOptions } from './client-options.js';

/** What the flags of `create` choose; a flag that was not given chooses nothing. */
export function settingsFrom(options: ClientOptions): ChosenSettings {
  return {
    name: options.name,
    description: orNone(options.description),
    homepageUri: orNone(options.homepage),
    logoUri: orNone(options.logo),
    type: options.public && 'public',
    redirectUris: options.redirectUri,
    grantTypes: options.grant,
    scopes: options.scope,
    optionalScopes: options.optionalScope,
    pkce: options.pkce === undefined ? undefined : options.pkce ? 'required' : 'optional',
    refresh: options.refresh,
    consent: options.skipConsent && 'skip',
    accessTokenFormat: options.accessTokenFormat,
    accessTokenLifetime: orNone(options.accessTokenLifetime),
    refreshTokenIdleLifetime: orNone(options.refreshIdleLifetime),
    refreshTokenAbsoluteLifetime: orNone(options.refreshAbsoluteLifetime),
  };
}

/** What the flags of `edit` change about a client. Throws `InvalidInput` when they take away what is not there: a typing error must not pass for a removal. */
export function changesFrom(client: Client, options: RemovalOptions): ChosenSettings {
  const problems: Problem[] = [];
  const changed = <T extends string>(field: string, before: readonly T[], added: readonly T[] = [], removed: readonly T[] = []): readonly T[] => {
    for (const entry of removed) if (!before.includes(entry)) problems.push({ field, message: `${JSON.stringify(entry)} is not there to be removed` });
    return [...before, ...added].filter((entry) => !removed.includes(entry));
  };
  const changes: ChosenSettings = {
    ...settingsFrom(options),
    type: options.confidential ? 'confidential' : options.public && 'public',
    consent: options.askConsent ? 'ask' : options.skipConsent && 'skip',
    redirectUris: changed('redirectUris', client.redirectUris, options.redirectUri, options.removeRedirectUri),
    grantTypes: changed('grantTypes', client.grantTypes, options.grant, options.removeGrant),
    scopes: changed('scopes', client.scopes, options.scope, options.removeScope),
    optionalScopes: changed('optionalScopes', client.optionalScopes, options.optionalScope, options.removeOptionalScope),
  };
  if (problems.length > 0) throw new InvalidInput(problems);
  return changes;
}

function orNone<T>(value: T | false | undefined): T | null | undefined {
  return value === false ? null : value;
}
