import type { Preset, RecipeClient, RecipeLine, RecipeValue } from './preset.js';

export interface FilledLine {
  readonly label: string;
  /** `null`: a secret that was shown before and cannot be read again, or something this client does not have. */
  readonly value: string | null;
  readonly kind: RecipeValue | 'text';
}

/** A recipe with the values of one client in it. `secret`: in full, in the moment it was made. Lines that do not concern the client are left out. */
export function recipeForClient({ recipe }: Preset, client: RecipeClient, issuer: string, secret: string | null): FilledLine[] {
  return recipe.lines
    .filter(({ value }) => concerns(value, client))
    .map(({ label, value }) => {
      if (typeof value !== 'string') return { label, value: value.text, kind: 'text' };
      return { label, value: knownValue(value, client, issuer, secret), kind: value };
    });
}

function concerns(value: RecipeLine['value'], client: RecipeClient): boolean {
  if (value === 'clientSecret') return client.type === 'confidential';
  return value !== 'redirectUri' || client.redirectUris.length > 0;
}

function knownValue(value: RecipeValue, client: RecipeClient, issuer: string, secret: string | null): string | null {
  switch (value) {
    case 'issuer':
      return issuer;
    case 'authorizationEndpoint':
      return `${issuer}/oauth/authorize`;
    case 'deviceAuthorizationEndpoint':
      return `${issuer}/oauth/device_authorization`;
    case 'tokenEndpoint':
      return `${issuer}/oauth/token`;
    case 'meEndpoint':
      return `${issuer}/oauth/me`;
    case 'clientId':
      return client.id;
    case 'clientSecret':
      return secret;
    case 'scopes':
      return client.scopes.join(' ');
    case 'redirectUri':
      return client.redirectUris[0] ?? null;
  }
}
