import type { RecipeLine } from '../preset.js';

/** For confidential clients: their refresh tokens are worth nothing without a secret, and an answer that was lost on the way signs nobody out. */
export const keeps = { grantTypes: ['authorization_code', 'refresh_token'], refresh: 'keep' } as const;

export const idAndSecret: readonly RecipeLine[] = [
  { label: 'Client ID', value: 'clientId' },
  { label: 'Client Secret', value: 'clientSecret' },
];
