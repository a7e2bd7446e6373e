import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { mintToken } from '../../dist/domain/tokens/opaque-token.js';
import { uuid7 } from '../../dist/domain/tokens/uuid7.js';
import { fillTokens, someFilledTokens } from '../fill-tokens.js';
import { query } from '../postgres.js';
import { freePort, startServer } from '../server-process.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const script = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const redirectUri = 'https://bench.example/callback';
const codeVerifier = randomBytes(32).toString('base64url');
const scopes = ['default', 'profile'];
const person = { email: 'bench@example.com', password: 'correct horse battery staple' };

/** How `npm start` and `WORKERS` have Node.js run it. */
const asStarted = ['--max-semi-space-size=64'];

/**
 * Keywright as its users run it: built, in production mode, with every feature on and PostgreSQL at an address. With `coalescing: false`, the same with a
 * statement for each call; with `tokens`, so many live ones in its tables beforehand.
 */
export function keywright({ name = 'keywright', nodeOptions = [], coalescing = true, tokens = 0 } = {}) {
  return {
    name,
    async start(postgres, progress) {
      const [port, metricsPort] = [await freePort(), await freePort()];
      const databaseUrl = await postgres.database(name);
      const env = { DATABASE_URL: databaseUrl, ISSUER: `http://localhost:${port}`, SECRET_KEY: randomBytes(32).toString('hex'), HOST: '127.0.0.1' };
      const trail = await mkdtemp(join(tmpdir(), 'keywright-trail-'));
      if (!coalescing) await promisify(execFile)(process.execPath, [script, 'migrate'], { env: { ...process.env, ...env }, cwd: root });
      const storage = coalescing ? {} : { STORAGE: './bench/one-by-one-storage.js' };
      const server = await startServer({
        script,
        args: ['serve'],
        env: { ...env, ...storage, AUDIT_LOG: join(trail, 'audit.jsonl'), METRICS_PORT: String(metricsPort) },
        port,
        path: '/readyz',
        cwd: root,
        nodeOptions: [...asStarted, ...nodeOptions],
      });
      const seed = new Seed(databaseUrl, { ...process.env, ...env, NODE_ENV: 'production', PORT: String(port) });
      await seed.prepare();
      if (tokens > 0) await seed.fill(tokens, progress);
      return {
        port,
        pid: server.pid,
        databaseUrl,
        stop: async () => {
          await server.stop();
          await rm(trail, { recursive: true });
        },
        material: (scenario, need) => seed.material(scenario, need),
      };
    },
  };
}

/** What the scenarios need in the store beforehand: a client and a person by the command line, the rest in bulk. */
class Seed {
  constructor(databaseUrl, env) {
    this.databaseUrl = databaseUrl;
    this.env = env;
  }

  async prepare() {
    const grants = ['authorization_code', 'refresh_token', 'client_credentials'].flatMap((grant) => ['--grant', grant]);
    const named = scopes.flatMap((scope) => ['--scope', scope]);
    const [client] = await Promise.all([
      this.run('clients', 'create', '--name', 'Bench', '--redirect-uri', redirectUri, ...grants, ...named),
      this.run('users', 'create', '--email', person.email, '--password', person.password),
    ]);
    this.client = { id: client.client_id, secret: client.client_secret };
    [{ id: this.userId }] = await query(this.databaseUrl, 'SELECT id FROM users WHERE email = $1', [person.email]);
  }

  async fill(count, progress) {
    await fillTokens({ databaseUrl: this.databaseUrl, clientId: this.client.id, userId: this.userId, count, progress });
    this.filledAccessTokens = await someFilledTokens(this.databaseUrl, 'at', 16_000);
  }

  async run(...args) {
    const { stdout } = await promisify(execFile)(process.execPath, [script, ...args, '--json'], { env: this.env, cwd: root });
    return JSON.parse(stdout);
  }

  async material(scenario, { connections, requests }) {
    return {
      paths: { token: '/oauth/token', introspect: '/oauth/introspect', me: '/oauth/me' },
      client: this.client,
      person,
      redirectUri,
      codeVerifier,
      ...(scenario === 'refresh' && { refreshTokens: await this.refreshTokens(connections) }),
      ...(scenario === 'code' && { codes: await this.codes(requests) }),
      ...(['introspection', 'me'].includes(scenario) && { accessTokens: await this.accessTokens(500) }),
    };
  }

  async grants(count) {
    const ids = Array.from({ length: count }, () => uuid7(new Date()));
    await query(
      this.databaseUrl,
      `INSERT INTO grants (id, user_id, client_id, scopes, created_at, needed_until)
       SELECT id, $2, $3, $4, now(), now() + interval '1 day' FROM unnest($1::uuid[]) AS id`,
      [ids, this.userId, this.client.id, scopes],
    );
    return ids;
  }

  async refreshTokens(count) {
    if (this.filledAccessTokens) return someFilledTokens(this.databaseUrl, 'rt', count);
    const tokens = minted('rt', count);
    await query(
      this.databaseUrl,
      `INSERT INTO refresh_tokens (id, digest, client_id, user_id, grant_id, scopes, resources, issued_at, expires_at, absolute_expires_at)
       SELECT id, digest, $4, $5, grant_id, $6, '{}', now(), now() + interval '1 day', now() + interval '1 day'
       FROM unnest($1::uuid[], $2::bytea[], $3::uuid[]) AS new (id, digest, grant_id)`,
      [tokens.map(({ id }) => id), tokens.map(({ digest }) => digest), await this.grants(count), this.client.id, this.userId, scopes],
    );
    return tokens.map(({ token }) => token);
  }

  async codes(count) {
    const codes = minted('ac', count);
    const challenge = createHash('sha256').update(codeVerifier).digest('base64url');
    await query(
      this.databaseUrl,
      `INSERT INTO authorization_codes (id, digest, client_id, user_id, grant_id, redirect_uri, scopes, resources, code_challenge, issued_at, expires_at)
       SELECT id, digest, $4, $5, grant_id, $7, $6, '{}', $8, now(), now() + interval '1 hour'
       FROM unnest($1::uuid[], $2::bytea[], $3::uuid[]) AS new (id, digest, grant_id)`,
      [codes.map(({ id }) => id), codes.map(({ digest }) => digest), await this.grants(count), this.client.id, this.userId, scopes, redirectUri, challenge],
    );
    return codes.map(({ token }) => token);
  }

  /** Those of a person, which take more checking than a client's own. */
  async accessTokens(count) {
    if (this.filledAccessTokens) return this.filledAccessTokens;
    const tokens = minted('at', count);
    await query(
      this.databaseUrl,
      `INSERT INTO access_tokens (id, digest, client_id, user_id, grant_id, scopes, resources, issued_at, expires_at)
       SELECT id, digest, $4, $5, grant_id, $6, '{}', now(), now() + interval '1 day' FROM unnest($1::uuid[], $2::bytea[], $3::uuid[]) AS new (id, digest, grant_id)`,
      [tokens.map(({ id }) => id), tokens.map(({ digest }) => digest), await this.grants(count), this.client.id, this.userId, scopes],
    );
    return tokens.map(({ token }) => token);
  }
}

function minted(kind, count) {
  return Array.from({ length: count }, () => mintToken(kind, new Date()));
}
