import { randomBytes } from 'node:crypto';
import formbody from '@fastify/formbody';
import { AuthorizationServer, DateInterval, generateRandomToken, OAuthException } from '@jmondi/oauth2-server';
import { handleFastifyError, handleFastifyReply, requestFromFastify } from '@jmondi/oauth2-server/fastify';
import Fastify from 'fastify';
import pg from 'pg';
import { contract } from '../contract.js';
import { serve } from '../serve.js';

/** Behind Fastify, the fastest of the frameworks that the library has an adapter for; opaque codes and refresh tokens, which spare it a signature each. */
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: contract.poolSize });
await pool.query(`
  CREATE TABLE clients (id text PRIMARY KEY, name text NOT NULL, secret text, redirect_uris text[] NOT NULL, allowed_grants text[] NOT NULL, scopes text[] NOT NULL);
  CREATE TABLE auth_codes (
    code text PRIMARY KEY, redirect_uri text, code_challenge text, code_challenge_method text, expires_at timestamptz NOT NULL, user_id text, client_id text NOT NULL,
    scopes text[] NOT NULL
  );
  CREATE TABLE tokens (
    access_token text PRIMARY KEY, access_token_expires_at timestamptz NOT NULL, refresh_token text UNIQUE, refresh_token_expires_at timestamptz, client_id text NOT NULL,
    user_id text, scopes text[] NOT NULL, auth_code text
  );
`);
const grants = ['authorization_code', 'refresh_token', 'client_credentials'];
const { client: credentials, scopes: known } = contract;
await pool.query('INSERT INTO clients VALUES ($1, $2, $3, $4, $5, $6)', [credentials.id, 'Bench', credentials.secret, [contract.redirectUri], grants, known]);

/** Prepared once for each connection. */
const statement = (name, text) => (values) => pool.query({ name, text, values });
const selectClient = statement('client', 'SELECT * FROM clients WHERE id = $1');
const selectCode = statement('code', 'SELECT * FROM auth_codes WHERE code = $1');
const expireCode = statement('spend', 'UPDATE auth_codes SET expires_at = to_timestamp(0) WHERE code = $1');
const insertToken = statement('insert', 'INSERT INTO tokens VALUES ($1, $2, $3, $4, $5, $6, $7, $8)');
const addRefresh = statement('refreshable', 'UPDATE tokens SET refresh_token = $2, refresh_token_expires_at = $3 WHERE access_token = $1');
const expireToken = statement(
  'revoke',
  'UPDATE tokens SET access_token_expires_at = to_timestamp(0), refresh_token_expires_at = to_timestamp(0) WHERE access_token = $1',
);
const selectRefresh = statement('refresh', 'SELECT * FROM tokens WHERE refresh_token = $1');
const selectAccess = statement('access', 'SELECT * FROM tokens WHERE access_token = $1');

const entities = (names) => names.map((name) => ({ name }));
const names = (scopes) => scopes.map(({ name }) => name);
function tokenOf(row) {
  if (!row) throw OAuthException.invalidGrant('unknown token');
  return {
    accessToken: row.access_token,
    accessTokenExpiresAt: row.access_token_expires_at,
    refreshToken: row.refresh_token,
    refreshTokenExpiresAt: row.refresh_token_expires_at,
    client: { id: row.client_id },
    user: row.user_id === null ? null : { id: row.user_id },
    scopes: entities(row.scopes),
    originatingAuthCodeId: row.auth_code ?? undefined,
  };
}

const clients = {
  async getByIdentifier(id) {
    const [row] = (await selectClient([id])).rows;
    return row && { id, name: row.name, secret: row.secret, redirectUris: row.redirect_uris, allowedGrants: row.allowed_grants, scopes: entities(row.scopes) };
  },
  isClientValid: async (grantType, client, secret) => client.allowedGrants.includes(grantType) && client.secret === secret,
};
const tokens = {
  issueToken: async (client, scopes, user) => ({ accessToken: generateRandomToken(), accessTokenExpiresAt: new Date(), client, user, scopes }),
  async persist({ accessToken, accessTokenExpiresAt, client, user, scopes, originatingAuthCodeId }) {
    await insertToken([accessToken, accessTokenExpiresAt, null, null, client.id, user?.id ?? null, names(scopes), originatingAuthCodeId ?? null]);
  },
  async issueRefreshToken(token) {
    token.refreshToken = generateRandomToken();
    token.refreshTokenExpiresAt = new Date(Date.now() + contract.refreshTokenLifetime * 1000);
    await addRefresh([token.accessToken, token.refreshToken, token.refreshTokenExpiresAt]);
    return token;
  },
  revoke: async ({ accessToken }) => void (await expireToken([accessToken])),
  isRefreshTokenRevoked: async ({ refreshTokenExpiresAt }) => refreshTokenExpiresAt <= new Date(),
  getByRefreshToken: async (token) => tokenOf((await selectRefresh([token])).rows[0]),
  getByAccessToken: async (token) => tokenOf((await selectAccess([token])).rows[0]),
};
const scopes = {
  getAllByIdentifiers: async (asked) => entities(asked.filter((name) => known.includes(name))),
  finalize: async (asked) => (asked.length > 0 ? asked : entities(known)),
};
const authCodes = {
  async getByIdentifier(code) {
    const [row] = (await selectCode([code])).rows;
    if (!row) throw OAuthException.invalidGrant('unknown code');
    return {
      code,
      redirectUri: row.redirect_uri,
      codeChallenge: row.code_challenge,
      codeChallengeMethod: row.code_challenge_method,
      expiresAt: row.expires_at,
      user: { id: row.user_id },
      client: { id: row.client_id },
      scopes: entities(row.scopes),
    };
  },
  isRevoked: async (code) => (await authCodes.getByIdentifier(code)).expiresAt <= new Date(),
  revoke: async (code) => void (await expireCode([code])),
};

const server = new AuthorizationServer(clients, tokens, scopes, randomBytes(32).toString('hex'), {
  useOpaqueAuthorizationCodes: true,
  useOpaqueRefreshTokens: true,
});
const lifetime = new DateInterval(`${contract.accessTokenLifetime}s`);
server.enableGrantTypes(
  ['client_credentials', lifetime],
  ['refresh_token', lifetime],
  [{ grant: 'authorization_code', userRepository: { getUserByCredentials: async (id) => ({ id }) }, authCodeRepository: authCodes }, lifetime],
);

const app = Fastify();
await app.register(formbody);
const answered = (respond) => async (request, reply) => {
  try {
    handleFastifyReply(reply, await respond(requestFromFastify(request)));
  } catch (error) {
    handleFastifyError(error, reply);
  }
  return reply;
};
app.post(
  '/token',
  answered((request) => server.respondToAccessTokenRequest(request)),
);
app.post(
  '/introspect',
  answered((request) => server.introspect(request)),
);
await app.ready();

/** An access token of this library is a JWT, and only its token endpoint makes one. */
async function accessToken() {
  const payload = new URLSearchParams({ grant_type: 'client_credentials' }).toString();
  const authorization = `Basic ${Buffer.from(`${credentials.id}:${credentials.secret}`).toString('base64')}`;
  const answer = await app.inject({ method: 'POST', url: '/token', payload, headers: { 'content-type': 'application/x-www-form-urlencoded', authorization } });
  return answer.json().access_token;
}

const fresh = (count) => Array.from({ length: count }, () => generateRandomToken());
serve((request, response) => app.routing(request, response), {
  accessTokens: (count) => Promise.all(Array.from({ length: count }, accessToken)),
  async refreshTokens(count) {
    const made = fresh(count);
    await pool.query(
      `INSERT INTO tokens SELECT access, now() + interval '1 day', refresh, now() + interval '1 day', $3, $4, $5 FROM unnest($1::text[], $2::text[]) AS new (access, refresh)`,
      [fresh(count), made, credentials.id, contract.userId, known],
    );
    return made;
  },
  async codes(count) {
    const made = fresh(count);
    await pool.query(`INSERT INTO auth_codes SELECT code, $2, $3, 'S256', now() + interval '1 hour', $4, $5, $6 FROM unnest($1::text[]) AS code`, [
      made,
      contract.redirectUri,
      contract.codeChallenge,
      contract.userId,
      credentials.id,
      known,
    ]);
    return made;
  },
});
