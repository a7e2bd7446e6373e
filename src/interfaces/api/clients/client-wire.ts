import type { z } from 'zod';
import type { ChosenSettings } from '../../../application/clients/default-settings.js';
import type { Client, ClientSettings } from '../../../domain/clients/client.js';
import type { ClientSecret } from '../../../domain/clients/client-secret.js';
import { parseScope } from '../../../domain/scope.js';
import { momentText, momentTextOrNull } from '../wire.js';
import type { clientChangesSchema, clientSchema } from './client-schema.js';
import type { secretSchema } from './secret-schema.js';

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
  accessTokenLifetime: '/access_token_lifetime',
  refreshTokenIdleLifetime: '/refresh_token_idle_lifetime',
  refreshTokenAbsoluteLifetime: '/refresh_token_absolute_lifetime',
} as const satisfies Record<keyof ClientSettings, string>;

export function clientOnTheWire(client: Client): z.output<typeof clientSchema> {
  return {
    client_id: client.id,
    client_name: client.name,
    description: client.description,
    client_uri: client.homepageUri,
    logo_uri: client.logoUri,
    token_endpoint_auth_method: client.type === 'public' ? 'none' : 'client_secret_basic',
    redirect_uris: [...client.redirectUris],
    grant_types: [...client.grantTypes],
    scope: client.scopes.join(' '),
    optional_scope: client.optionalScopes.join(' '),
    pkce: client.pkce,
    refresh: client.refresh,
    consent: client.consent,
    access_token_lifetime: client.accessTokenLifetime,
    refresh_token_idle_lifetime: client.refreshTokenIdleLifetime,
    refresh_token_absolute_lifetime: client.refreshTokenAbsoluteLifetime,
    owner_id: client.ownerId,
    created_at: momentText(client.createdAt),
    disabled_at: momentTextOrNull(client.disabledAt),
    secrets: client.secrets.map(secretOnTheWire),
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
    accessTokenLifetime: wire.access_token_lifetime,
    refreshTokenIdleLifetime: wire.refresh_token_idle_lifetime,
    refreshTokenAbsoluteLifetime: wire.refresh_token_absolute_lifetime,
  };
}

export function secretOnTheWire(secret: ClientSecret): z.output<typeof secretSchema> {
  return {
    id: secret.id,
    label: secret.label,
    last_four: secret.lastFour,
    created_at: momentText(secret.createdAt),
    created_by: secret.createdBy,
    expires_at: momentTextOrNull(secret.expiresAt),
  };
}

/** The schema has refused what is no list of scopes. */
function scopesOf(text: string | undefined): string[] | undefined {
  return text === undefined ? undefined : (parseScope(text) ?? []);
}
