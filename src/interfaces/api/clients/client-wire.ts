import type { z } from 'zod';
import type { ChosenSettings } from '../../../application/clients/default-settings.js';
import type { Client, ClientSettings } from '../../../domain/clients/client.js';
import { parseScope } from '../../../domain/scope.js';
import { secretsOnTheWire } from '../secrets/secret-wire.js';
import { momentText, momentTextOrNull } from '../wire.js';
import type { clientChangesSchema, clientSchema } from './client-schema.js';

/** Where each setting stands on the wire, as a JSON pointer. */
export const clientPointers = {
  name: '/client_name',
  description: '/description',
  homepageUri: '/client_uri',
  logoUri: '/logo_uri',
  type: '/token_endpoint_auth_method',
  redirectUris: '/redirect_uris',
  grantTypes: '/grant_types',
  scopes: '/scope',
  optionalScopes: '/optional_scope',
  pkce: '/pkce',
  refresh: '/refresh',
  consent: '/consent',
  accessTokenFormat: '/access_token_format',
  accessTokenLifetime: '/access_token_lifetime',
  refreshTokenIdleLifetime: '/refresh_token_idle_lifetime',
  refreshTokenAbsoluteLifetime: '/refresh_token_absolute_lifetime',
} as const satisfies Record<keyof ClientSettings, string>;

export function clientOnTheWire(client: Client, now: Date): z.output<typeof clientSchema> {
  return {
    client_id: client.id,
    ...settingsOnTheWire(client),
    version: client.version,
    owner_id: client.ownerId,
    created_at: momentText(client.createdAt),
    disabled_at: momentTextOrNull(client.disabledAt),
    disabled_by: client.disabledBy,
    own_tokens_revoked_at: momentTextOrNull(client.ownTokensRevokedAt),
    secrets: secretsOnTheWire(client.secrets, now),
  };
}

type Settings = z.output<typeof clientChangesSchema>;

/** The settings in the words of RFC 7591 §2 where it has them; of what is chosen, nothing else. */
export function settingsOnTheWire(settings: ClientSettings): { [Member in keyof Settings]-?: Exclude<Settings[Member], undefined> };
export function settingsOnTheWire(chosen: ChosenSettings): Settings;
export function settingsOnTheWire(chosen: ChosenSettings): Settings {
  const { type, redirectUris, grantTypes, scopes, optionalScopes } = chosen;
  return {
    client_name: chosen.name,
    description: chosen.description,
    client_uri: chosen.homepageUri,
    logo_uri: chosen.logoUri,
    token_endpoint_auth_method: type && (type === 'public' ? 'none' : 'client_secret_basic'),
    redirect_uris: redirectUris && [...redirectUris],
    grant_types: grantTypes && [...grantTypes],
    scope: scopes?.join(' '),
    optional_scope: optionalScopes?.join(' '),
    pkce: chosen.pkce,
    refresh: chosen.refresh,
    consent: chosen.consent,
    access_token_format: chosen.accessTokenFormat,
    access_token_lifetime: chosen.accessTokenLifetime,
    refresh_token_idle_lifetime: chosen.refreshTokenIdleLifetime,
    refresh_token_absolute_lifetime: chosen.refreshTokenAbsoluteLifetime,
  };
}

export function settingsFrom(wire: z.output<typeof clientChangesSchema>): ChosenSettings {
  return {
    name: wire.client_name,
    description: wire.description,
    homepageUri: wire.client_uri,
    logoUri: wire.logo_uri,
    type: wire.token_endpoint_auth_method && (wire.token_endpoint_auth_method === 'none' ? 'public' : 'confidential'),
    redirectUris: wire.redirect_uris,
    grantTypes: wire.grant_types,
    scopes: scopesOf(wire.scope),
    optionalScopes: scopesOf(wire.optional_scope),
    pkce: wire.pkce,
    refresh: wire.refresh,
    consent: wire.consent,
    accessTokenFormat: wire.access_token_format,
    accessTokenLifetime: wire.access_token_lifetime,
    refreshTokenIdleLifetime: wire.refresh_token_idle_lifetime,
    refreshTokenAbsoluteLifetime: wire.refresh_token_absolute_lifetime,
  };
}

/** The schema has refused what is no list of scopes. */
function scopesOf(text: string | undefined): string[] | undefined {
  return text === undefined ? undefined : (parseScope(text) ?? []);
}
