import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { oauthProvider } from '@better-auth/oauth-provider';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { toNodeHandler } from 'better-auth/node';
import { jwt } from 'better-auth/plugins';
import pg from 'pg';
import { contract } from '../contract.js';
import { serve } from '../serve.js';

/** The client is cached as the plugin's documentation advises for trusted ones; limits, logging and telemetry are off. */
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: contract.poolSize });
const scopes = ['openid', 'offline_access', ...contract.scopes];
const options = {
  baseURL: `http://localhost:${process.env.PORT}`,
  secret: randomBytes(32).toString('hex'),
  database: pool,
  rateLimit: { enabled: false },
  logger: { disabled: true },
  telemetry: { enabled: false },
  disabledPaths: ['/token'],
  plugins: [
    jwt(),
    oauthProvider({
      loginPage: '/sign-in',
      consentPage: '/consent',
      scopes,
      cachedTrustedClients: new Set([contract.client.id]),
      accessTokenExpiresIn: contract.accessTokenLifetime,
      m2mAccessTokenExpiresIn: contract.accessTokenLifetime,
      refreshTokenExpiresIn: contract.refreshTokenLifetime,
      silenceWarnings: { oauthAuthServerConfig: true, openidConfig: true },
    }),
  ],
};
const auth = betterAuth(options);
await (await getMigrations(options)).runMigrations();

const { adapter } = await auth.$context;
const digest = (text) => createHash('sha256').update(text).digest('base64url');
const now = new Date();
const tomorrow = new Date(now.getTime() + 86_400_000);
const create = (model, data, forceAllowId = false) => adapter.create({ model, data, forceAllowId });

await create('oauthClient', {
  clientId: contract.client.id,
  clientSecret: digest(contract.client.secret),
  name: 'Bench',
  redirectUris: [contract.redirectUri],
  grantTypes: ['authorization_code', 'refresh_token', 'client_credentials'],
  responseTypes: ['code'],
  tokenEndpointAuthMethod: 'client_secret_basic',
  scopes,
  clientCredentialsScopes: contract.scopes,
  requirePKCE: true,
  disabled: false,
  createdAt: now,
  updatedAt: now,
});
const user = await create('user', { name: 'Bench', email: 'bench@example.com', emailVerified: true, createdAt: now, updatedAt: now });
const session = await create('session', { userId: user.id, token: randomUUID(), expiresAt: tomorrow, createdAt: now, updatedAt: now });

const token = { clientId: contract.client.id, sessionId: session.id, userId: user.id, createdAt: now, expiresAt: tomorrow };
// Without `openid`, so that no ID token is signed: the others sign none either. The user info asks for it.
const codeScopes = ['offline_access', ...contract.scopes];
const templates = {
  accessTokens: { table: 'oauthAccessToken', key: 'token', row: await create('oauthAccessToken', { ...token, token: 'template', scopes }) },
  refreshTokens: { table: 'oauthRefreshToken', key: 'token', row: await create('oauthRefreshToken', { ...token, token: 'template', scopes: codeScopes }) },
  codes: {
    table: 'verification',
    key: 'identifier',
    row: await create('verification', {
      identifier: 'template',
      expiresAt: tomorrow,
      createdAt: now,
      updatedAt: now,
      value: JSON.stringify({
        type: 'authorization_code',
        query: {
          response_type: 'code',
          client_id: contract.client.id,
          redirect_uri: contract.redirectUri,
          scope: codeScopes.join(' '),
          code_challenge: contract.codeChallenge,
          code_challenge_method: 'S256',
          state: 'bench',
        },
        userId: user.id,
        sessionId: session.id,
        authTime: now.getTime(),
      }),
    }),
  },
};

/** Rows as the library's own adapter wrote the template, each with a key of its own. */
function copies({ table, key, row }) {
  return async (count) => {
    const values = Array.from({ length: count }, () =>
      randomBytes(24)
        .toString('base64url')
        .replaceAll(/[^a-zA-Z]/g, 'x'),
    );
    await pool.query(
      `INSERT INTO "${table}" SELECT (jsonb_populate_record(template, jsonb_build_object('id', new.id, '${key}', new.digest))).*
       FROM "${table}" AS template, unnest($1::text[], $2::text[]) AS new (id, digest) WHERE template.id = $3`,
      [values.map(() => randomBytes(24).toString('base64url')), values.map(digest), row.id],
    );
    return values;
  };
}

serve(toNodeHandler(auth), Object.fromEntries(Object.entries(templates).map(([kind, template]) => [kind, copies(template)])));
