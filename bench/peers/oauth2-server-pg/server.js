import { randomBytes } from 'node:crypto';
import OAuth2Server from '@node-oauth/oauth2-server';
import express from 'express';
import pg from 'pg';
import { contract } from '../contract.js';
import { oauth2ServerApp, rules } from '../oauth2-server-app.js';
import { serve } from '../serve.js';

/** Tables as in the examples that the library's documentation points to: one row holds an access token and its refresh token. */
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: contract.poolSize });
await pool.query(`
  CREATE TABLE oauth_clients (id text PRIMARY KEY, secret text NOT NULL, redirect_uris text[] NOT NULL, grants text[] NOT NULL);
  CREATE TABLE oauth_codes (
    code text PRIMARY KEY, client_id text NOT NULL, user_id text NOT NULL, scope text[] NOT NULL, redirect_uri text NOT NULL, expires_at timestamptz NOT NULL,
    code_challenge text, code_challenge_method text
  );
  CREATE TABLE oauth_tokens (
    access_token text PRIMARY KEY, access_token_expires_at timestamptz NOT NULL, refresh_token text UNIQUE, refresh_token_expires_at timestamptz,
    client_id text NOT NULL, user_id text NOT NULL, scope text[] NOT NULL
  );
`);
const grants = ['authorization_code', 'refresh_token', 'client_credentials'];
await pool.query('INSERT INTO oauth_clients VALUES ($1, $2, $3, $4)', [contract.client.id, contract.client.secret, [contract.redirectUri], grants]);

/** Prepared once for each connection. */
const statement = (name, text) => (values) => pool.query({ name, text, values });
const selectClient = statement('client', 'SELECT * FROM oauth_clients WHERE id = $1');
const insertToken = statement('insert', 'INSERT INTO oauth_tokens VALUES ($1, $2, $3, $4, $5, $6, $7)');
const selectAccess = statement('access', 'SELECT * FROM oauth_tokens WHERE access_token = $1');
const selectRefresh = statement('refresh', 'SELECT * FROM oauth_tokens WHERE refresh_token = $1');
const deleteToken = statement('revoke', 'DELETE FROM oauth_tokens WHERE refresh_token = $1');
const selectCode = statement('code', 'SELECT * FROM oauth_codes WHERE code = $1');
const deleteCode = statement('spend', 'DELETE FROM oauth_codes WHERE code = $1');

const tokenOf = (row) =>
  row && {
    accessToken: row.access_token,
    accessTokenExpiresAt: row.access_token_expires_at,
    refreshToken: row.refresh_token,
    refreshTokenExpiresAt: row.refresh_token_expires_at,
    scope: row.scope,
    client: { id: row.client_id },
    user: { id: row.user_id },
  };

const model = {
  ...rules,
  async getClient(id, secret) {
    const [row] = (await selectClient([id])).rows;
    return row && (secret === null || row.secret === secret) ? { id, grants: row.grants, redirectUris: row.redirect_uris } : null;
  },
  async saveToken(token, client, user) {
    const { accessToken, accessTokenExpiresAt, refreshToken = null, refreshTokenExpiresAt = null, scope } = token;
    await insertToken([accessToken, accessTokenExpiresAt, refreshToken, refreshTokenExpiresAt, client.id, user.id, scope]);
    return { ...token, client, user };
  },
  getAccessToken: async (token) => tokenOf((await selectAccess([token])).rows[0]),
  getRefreshToken: async (token) => tokenOf((await selectRefresh([token])).rows[0]),
  revokeToken: async ({ refreshToken }) => (await deleteToken([refreshToken])).rowCount === 1,
  async getAuthorizationCode(code) {
    const [row] = (await selectCode([code])).rows;
    return (
      row && {
        code,
        authorizationCode: code,
        expiresAt: row.expires_at,
        redirectUri: row.redirect_uri,
        scope: row.scope,
        client: { id: row.client_id },
        user: { id: row.user_id },
        codeChallenge: row.code_challenge,
        codeChallengeMethod: row.code_challenge_method,
      }
    );
  },
  revokeAuthorizationCode: async ({ code }) => (await deleteCode([code])).rowCount === 1,
};

const fresh = (count) => Array.from({ length: count }, () => randomBytes(32).toString('hex'));
async function seedTokens(count) {
  const [access, refresh] = [fresh(count), fresh(count)];
  await pool.query(
    `INSERT INTO oauth_tokens SELECT access, now() + interval '1 day', refresh, now() + interval '1 day', $3, $4, $5 FROM unnest($1::text[], $2::text[]) AS new (access, refresh)`,
    [access, refresh, contract.client.id, contract.userId, contract.scopes],
  );
  return { access, refresh };
}

serve(oauth2ServerApp({ express, OAuth2Server, model }), {
  accessTokens: async (count) => (await seedTokens(count)).access,
  refreshTokens: async (count) => (await seedTokens(count)).refresh,
  async codes(count) {
    const codes = fresh(count);
    await pool.query(`INSERT INTO oauth_codes SELECT code, $2, $3, $4, $5, now() + interval '1 hour', $6, 'S256' FROM unnest($1::text[]) AS code`, [
      codes,
      contract.client.id,
      contract.userId,
      contract.scopes,
      contract.redirectUri,
      contract.codeChallenge,
    ]);
    return codes;
  },
});
