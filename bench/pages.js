/**
 * How long people and programs wait for pages and lists, with 1,000 clients of one person and a client with 100,000 grants: `node bench/pages.js`.
 * Prints the median and the maximum of 15 requests each, in milliseconds. It is a measurement, not a test.
 */
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { benchPostgres, query } from './postgres.js';
import { freePort, startServer } from './server-process.js';
import { median } from './statistics.js';

const rounds = 15;
const [people, clients] = [100_000, 1000];
const admin = { email: 'admin@localhost', password: randomBytes(12).toString('base64url') };

const postgres = await benchPostgres();
const databaseUrl = await postgres.database('pages');
const port = await freePort();
const origin = `http://127.0.0.1:${port}`;
const server = await startServer({
  script: fileURLToPath(new URL('../dist/main.js', import.meta.url)),
  args: ['serve'],
  env: { DATABASE_URL: databaseUrl, ISSUER: origin, HOST: '127.0.0.1', SECRET_KEY: randomBytes(32).toString('hex'), ADMIN_PASSWORD: admin.password },
  port,
  path: '/readyz',
});
try {
  const { bigClient, someClient } = await fill();
  const cookie = await signIn();
  const token = await accessToken(cookie);
  const page = (path) => ({ name: path, url: path, headers: { cookie } });
  const api = (path) => ({ name: `API ${path}`, url: `/api/v1${path}`, headers: { authorization: `Bearer ${token}` } });
  const asked = [
    page('/clients'),
    page('/admin/clients'),
    page(`/clients/${someClient}`),
    page(`/clients/${bigClient}/delete`),
    page('/connected-apps'),
    page('/account'),
    page('/admin/users'),
    api('/clients?limit=20'),
    api('/clients?limit=100'),
    api(`/clients/${bigClient}/reach`),
    api(`/clients/${bigClient}/grants?limit=20`),
    api('/users?limit=20'),
  ];
  const rows = [];
  for (const { name, url, headers } of asked) rows.push({ what: name.replace(bigClient, 'BIG').replace(someClient, 'ID'), ...(await timed(url, headers)) });
  console.table(rows);
} finally {
  await server.stop();
  await postgres.stop();
}

async function timed(url, headers) {
  const times = [];
  for (let round = -2; round < rounds; round += 1) {
    const started = performance.now();
    const response = await fetch(origin + url, { headers, redirect: 'manual' });
    await response.arrayBuffer();
    if (response.status !== 200) throw new Error(`${url} answered ${response.status}`);
    if (round >= 0) times.push(performance.now() - started);
  }
  return { median: Math.round(median(times)), max: Math.round(Math.max(...times)) };
}

/** By SQL, as a product of years would be: people, their grants for one client, and the clients of the administrator. */
async function fill() {
  const [{ id: owner }] = await query(databaseUrl, 'SELECT id FROM users');
  const columns = 'id, name, type, redirect_uris, grant_types, scopes, optional_scopes, pkce, refresh, consent, owner_id, created_at';
  const values = `'App ' || n, 'confidential', ARRAY['https://client.example/' || n], ARRAY['authorization_code', 'refresh_token'], ARRAY['default'], '{}'::text[], 'required', 'rotate', 'ask', $1::uuid, now() - n * interval '1 second'`;
  await query(databaseUrl, `INSERT INTO clients (${columns}) SELECT 'client-' || n, ${values} FROM generate_series(1, ${clients}) AS n`, [owner]);
  await query(
    databaseUrl,
    `INSERT INTO users (id, email, username, admin, created_at) SELECT gen_random_uuid(), 'person' || n || '@example.com', 'person', false, now() FROM generate_series(1, ${people}) AS n`,
  );
  await query(
    databaseUrl,
    `INSERT INTO grants (id, user_id, client_id, scopes, created_at, needed_until)
     SELECT gen_random_uuid(), id, 'client-1', ARRAY['default'], now(), now() + interval '90 days' FROM users`,
  );
  await query(databaseUrl, 'VACUUM ANALYZE');
  return { bigClient: 'client-1', someClient: 'client-500' };
}

async function signIn() {
  const jar = new Map();
  const visit = async (path, form) => {
    const headers = {
      cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
      ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
    };
    const response = await fetch(origin + path, {
      method: form ? 'POST' : 'GET',
      headers,
      body: form && new URLSearchParams(form).toString(),
      redirect: 'manual',
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    return response.text();
  };
  const csrf = /name="_csrf" value="([^"]+)"/.exec(await visit('/sign-in'))?.[1] ?? '';
  await visit('/sign-in', { _csrf: csrf, email: admin.email, password: admin.password });
  return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
}

/** Of a client of the house, which sees everything. */
async function accessToken() {
  const { mintToken } = await import('../dist/domain/tokens/opaque-token.js');
  const secret = mintToken('cs', new Date());
  await query(
    databaseUrl,
    `INSERT INTO clients (id, name, type, redirect_uris, grant_types, scopes, optional_scopes, pkce, refresh, consent, created_at)
     VALUES ('bench', 'Bench', 'confidential', '{}', ARRAY['client_credentials'], ARRAY['admin', 'clients:read', 'grants:read'], '{}', 'required', 'rotate', 'ask', now())`,
  );
  await query(
    databaseUrl,
    `INSERT INTO client_secrets (id, client_id, label, digest, last_four, created_at) VALUES ($1, 'bench', 'bench', $2, 'aaaa', now())`,
    [secret.id, Buffer.from(secret.digest)],
  );
  const body = new URLSearchParams({ grant_type: 'client_credentials', scope: 'admin clients:read grants:read' });
  const authorization = `Basic ${Buffer.from(`bench:${secret.token}`).toString('base64')}`;
  const response = await fetch(`${origin}/oauth/token`, { method: 'POST', headers: { authorization }, body });
  const answer = await response.json();
  if (!answer.access_token) throw new Error(JSON.stringify(answer));
  return answer.access_token;
}
