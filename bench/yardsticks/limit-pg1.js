import { createHash, randomBytes, randomUUID } from 'node:crypto';
import formbody from '@fastify/formbody';
import Fastify from 'fastify';
import pg from 'pg';

/**
 * What one prepared statement by primary key for each request costs, with nothing else done: no client is authenticated, nothing is checked. Whoever asks
 * PostgreSQL once for each request cannot be faster.
 */
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
await pool.query(`CREATE TABLE tokens (
  id uuid PRIMARY KEY, digest bytea NOT NULL, client_id text NOT NULL, user_id uuid, scopes text[] NOT NULL, issued_at timestamptz NOT NULL, expires_at timestamptz NOT NULL
)`);

const statements = {
  insert: 'INSERT INTO tokens (id, digest, client_id, user_id, scopes, issued_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
  find: 'SELECT id, digest, client_id, user_id, scopes, issued_at, expires_at FROM tokens WHERE id = $1',
  replace: 'UPDATE tokens SET digest = $2, issued_at = $3, expires_at = $4 WHERE id = $1 RETURNING client_id, scopes',
};
const run = (name, values) => pool.query({ name, text: statements[name], values });

const lifetime = 3600;
const server = Fastify();
await server.register(formbody);

server.get('/ready', async () => ({}));

server.post('/token', async (request) => {
  const now = new Date();
  const expiresAt = new Date(now.getTime() + lifetime * 1000);
  const secret = randomBytes(32);
  const digest = createHash('sha256').update(secret).digest();
  const { grant_type: grantType, refresh_token: refreshToken, code } = request.body;
  const answer = { token_type: 'Bearer', expires_in: lifetime, scope: 'default' };
  if (grantType === 'client_credentials') {
    const id = timeOrderedId(now);
    await run('insert', [id, digest, 'bench', null, ['default'], now, expiresAt]);
    return { access_token: `${id}.${secret.toString('base64url')}`, ...answer };
  }
  const [id] = (refreshToken ?? code).split('.');
  await run('replace', [id, digest, now, expiresAt]);
  const token = `${id}.${secret.toString('base64url')}`;
  return { access_token: token, refresh_token: token, ...answer };
});

const find = async (token) => {
  const [id, secret] = token.split('.');
  const { rows } = await run('find', [id]);
  const found = rows[0];
  return found && createHash('sha256').update(Buffer.from(secret, 'base64url')).digest().equals(found.digest) ? found : null;
};

server.post('/introspect', async (request) => {
  const found = await find(request.body.token);
  if (!found || found.expires_at <= new Date()) return { active: false };
  const seconds = (moment) => Math.floor(moment.getTime() / 1000);
  const { client_id: clientId, scopes, expires_at: expiresAt, issued_at: issuedAt } = found;
  return { active: true, scope: scopes.join(' '), client_id: clientId, token_type: 'Bearer', exp: seconds(expiresAt), iat: seconds(issuedAt), sub: clientId };
});

server.get('/me', async (request) => {
  const found = await find(request.headers.authorization.slice('Bearer '.length));
  return { sub: found.client_id, client_id: found.client_id, scope: found.scopes.join(' ') };
});

function timeOrderedId(now) {
  const hex = now.getTime().toString(16).padStart(12, '0');
  const random = randomUUID();
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7${random.slice(15)}`;
}

await server.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
process.on('SIGTERM', () => server.close().then(() => pool.end()));
