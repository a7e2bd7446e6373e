import { createHash } from 'node:crypto';

/** What every peer is told beforehand, the same for all: one confidential client that may do everything, one person, and the settings that they share. */
export const contract = {
  client: { id: 'bench', secret: 'a-secret-of-forty-three-characters-or-more-000' },
  userId: '01890a5d-ac96-774b-bcce-b302099a8057',
  redirectUri: 'https://bench.example/callback',
  codeVerifier: 'v'.repeat(64),
  codeChallenge: createHash('sha256').update('v'.repeat(64)).digest('base64url'),
  scopes: ['default', 'profile'],
  /** Seconds. */
  accessTokenLifetime: 3600,
  refreshTokenLifetime: 7_776_000,
  /** Connections to PostgreSQL, as many as Keywright has. */
  poolSize: 10,
};
