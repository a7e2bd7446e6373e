import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../src/config.js';
import { environment } from '../src/configuration/environment.js';
import type { Admitted } from '../src/domain/clients/places.js';

const production = { NODE_ENV: 'production', ISSUER: 'https://auth.example.com', SECRET_KEY: 'x'.repeat(32) };

function problem(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
}

describe('The configuration', () => {
  it('is what README says: every variable is in its table, and no other', async () => {
    const [, section = ''] = (await readFile(new URL('../README.md', import.meta.url), 'utf8')).split('\n## Configuration\n');
    const rows = (section.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('| `'));
    const named = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name));
    expect(named.sort()).toEqual(Object.keys(environment.shape).sort());
  });

  it('has a default for everything, and takes an empty variable for an unset one', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '' })).toMatchObject({
      port: 3000,
      host: 'localhost',
      issuer: 'http://localhost:3000',
      storage: 'postgresql',
      redisUrl: 'redis://localhost:6379',
      redisPrefix: 'keywright:',
      databaseUrl: null,
      admin: { email: 'admin@localhost', password: null },
      demoClient: true,
      lifetimes: { accessToken: 3600, refreshGrace: 30 },
      sessionLifetimes: { idle: 1_209_600, absolute: 2_592_000 },
    });
  });

  it('takes several workers only with a store that they share', () => {
    expect(readConfig({}).workers).toBe(1);
    expect(readConfig({ WORKERS: '4' }).workers).toBe(4);
    expect(problem({ WORKERS: '2', STORAGE: 'memory' })).toBe('WORKERS must be 1 with STORAGE=memory: a process does not see what another one keeps there');
    expect(problem({ WORKERS: '0' })).toBe('WORKERS must be a whole number from 1 to 128');
  });

  it('tells numbers only on a port of their own', () => {
    expect(readConfig({ METRICS_HOST: '0.0.0.0' }).metrics).toBeNull();
    expect(readConfig({ METRICS_PORT: '9464' }).metrics).toEqual({ port: 9464, host: '127.0.0.1' });
    expect(problem({ METRICS_PORT: '70000' })).toBe('METRICS_PORT must be a whole number from 1 to 65535');
    expect(problem({ METRICS_PORT: 'x' })).toBe('METRICS_PORT must be a whole number from 1 to 65535');
    const both = 'METRICS_PORT must not be PORT, at an address where both would listen';
    expect(problem({ METRICS_PORT: '3000' })).toBe(both);
    const at = (METRICS_HOST: string, HOST: string) => problem({ METRICS_PORT: '3000', METRICS_HOST, HOST });
    for (const host of ['0.0.0.0', '::', 'localhost', '::1', 'auth.internal']) expect(at(host, 'localhost')).toBe(both);
    expect(at('10.0.0.5', '0.0.0.0')).toBe(both);
    for (const host of ['10.0.0.5', 'fd00::5']) expect(at(host, 'localhost')).toBe('');
    expect(at('10.0.0.5', '10.0.0.6')).toBe('');
  });

  it('takes a pooler only where there is a way past it, and where nothing is asked of a session', () => {
    const pooler = { DATABASE_POOLER: 'transaction', DATABASE_URL: 'postgresql://pooler/kw', DATABASE_DIRECT_URL: 'postgresql://db/kw' };
    expect(readConfig({}).databasePooled).toBe(false);
    expect(readConfig(pooler).databasePooled).toBe(true);
    expect(problem({ DATABASE_POOLER: 'session' })).toBe('DATABASE_POOLER must be one of none, transaction');
    expect(problem({ DATABASE_POOLER: 'transaction' }).split('\n')).toEqual([
      'DATABASE_POOLER needs DATABASE_URL, which leads to the pooler',
      'DATABASE_POOLER needs DATABASE_DIRECT_URL, which leads past the pooler, for migrations and notices',
    ]);
    expect(problem({ ...pooler, STORAGE: 'redis' })).toMatch(/^DATABASE_POOLER cannot be set with STORAGE=redis/);
    expect(problem({ ...pooler, STORAGE_FROM: 'postgresql://old' })).toMatch(/^DATABASE_POOLER cannot be set with STORAGE_FROM/);
  });

  it('takes the port into the issuer, and a password without an address', () => {
    expect(readConfig({ PORT: '4000', ADMIN_PASSWORD: 'a long one' })).toMatchObject({
      issuer: 'http://localhost:4000',
      admin: { email: 'admin@localhost', password: 'a long one' },
    });
  });

  it('takes the address of the first administrator in any spelling, and nothing that is none', () => {
    const named = (first_administrator: string) => ({
      SIGN_IN_PROVIDERS: JSON.stringify([{ id: 'acme', name: 'Acme', issuer: 'https://id.example', client_id: 'kw', first_administrator }]),
    });
    expect(readConfig(named(' Grace@Example.com ')).signInProviders[0]?.terms.firstAdministrator).toBe('grace@example.com');
    expect(problem(named('grace'))).toBe('SIGN_IN_PROVIDERS[0].first_administrator must be an e-mail address');
  });

  it('switches local accounts off only where people can sign in another way', () => {
    const provider = JSON.stringify([{ id: 'acme', name: 'Acme', issuer: 'https://id.example', client_id: 'kw' }]);
    expect(readConfig({}).localAccounts).toBe(true);
    for (const way of [{ SIGN_IN_PROVIDERS: provider }, { AUTHENTICATOR_MODULE: './own.js' }])
      expect(readConfig({ LOCAL_ACCOUNTS: 'false', ...way }).localAccounts).toBe(false);
    for (const none of [{}, { SIGN_IN_PROVIDERS: '[]' }, { TRUSTED_SESSION_TOKENS: ' [ ] ' }])
      expect(problem({ LOCAL_ACCOUNTS: 'false', ...none })).toMatch(/^LOCAL_ACCOUNTS=false leaves no way to sign in: name one in SIGN_IN_PROVIDERS/);
    expect(problem({ LOCAL_ACCOUNTS: 'false', SIGN_IN_PROVIDERS: provider, REGISTRATION: 'true' })).toMatch(/^REGISTRATION=true makes local accounts/);
  });

  it('takes what a trusted issuer is called and whose pages are its own from its address, and needs them of one that is none', () => {
    const read = (issuer: object) => readConfig({ TRUSTED_SESSION_TOKENS: JSON.stringify([issuer]) }).trustedSessionTokens[0];
    expect(read({ issuer: 'https://App.example.com/tenant', audience: 'keywright' })).toMatchObject({
      issuer: 'https://App.example.com/tenant',
      id: 'app-example-com',
      name: 'app.example.com',
      jwksUri: null,
      origins: ['https://app.example.com'],
    });
    expect(read({ issuer: 'https://app.example.com', audience: 'keywright', cookie: '__session' })).toMatchObject({ origins: [], cookie: '__session' });
    const opaque = (more: object) => problem({ TRUSTED_SESSION_TOKENS: JSON.stringify([{ issuer: 'our-front-end', audience: 'keywright', ...more }]) });
    expect(opaque({ cookie: 's' }).split('\n')).toEqual(
      ['id', 'name', 'jwks_uri'].map((member) => `TRUSTED_SESSION_TOKENS[0].${member} is missing: an issuer that is no https address does not say it`),
    );
    expect(opaque({ id: 'a', name: 'A', jwks_uri: 'https://app.example.com/jwks' })).toContain('needs cookie or origins');
  });

  it('makes no demo client in production unless told to', () => {
    expect(readConfig(production).demoClient).toBe(false);
    expect(readConfig({ ...production, DEMO_CLIENT: 'true' }).demoClient).toBe(true);
  });

  it.each(
    ['DATABASE_URL', 'DATABASE_DIRECT_URL', 'REDIS_URL', 'STORAGE_FROM'].flatMap((name) =>
      ['se#cret', '12#cret', 'se/cret', '12/cret', '12?cret', '12?c=ret', 'se%cret'].map((password) => [name, password]),
    ),
  )('says what to escape in %s with the password %s, and never shows it', (name = '', password = '') => {
    const scheme = name === 'REDIS_URL' ? 'redis' : 'postgresql';
    const refused = problem({ [name]: `${scheme}://keywright:${password}@db.example:5432/kw` });
    expect(refused).toBe(`${name} cannot be read as an address: in its password % must be written %25, # %23, / %2F, ? %3F, @ %40 and : %3A`);
  });

  it.each([
    'postgresql://db.example/kw',
    'postgresql://kw:a%23b%2Fc%3Fd%40e%25f@db.example:5432/kw?sslmode=require',
    'postgresql:///kw?host=/var/run/postgresql',
    'postgresql://db.example/kw?user=ada@srv&password=x',
    'postgresql://kw@db.example/kw?options=-c%20a%3Db@c',
  ])('takes %s', (DATABASE_URL) => {
    expect(readConfig({ DATABASE_URL }).databaseUrl).toBe(DATABASE_URL);
  });

  it.each(['unix:///run/redis@main.sock', 'unix://user:password@/run/redis.sock'])('takes %s, the address of a socket', (REDIS_URL) => {
    expect(readConfig({ REDIS_URL }).redisUrl).toBe(REDIS_URL);
  });

  it.each(['unix://user:pass/word@/redis.sock', 'unix://redis.sock', 'unix://user:pass%word@/redis.sock'])(
    'refuses %s, which its driver cannot read',
    (REDIS_URL) => {
      expect(problem({ REDIS_URL })).toMatch(/^REDIS_URL cannot be read as an address: /);
    },
  );

  it.each([
    [{ PORT: 'http' }, 'PORT must be a whole number from 1 to 65535'],
    [{ PORT: '0' }, 'PORT must be a whole number from 1 to 65535'],
    [{ PORT: '65536' }, 'PORT must be a whole number from 1 to 65535'],
    [{ ACCESS_TOKEN_LIFETIME: '-1' }, 'ACCESS_TOKEN_LIFETIME must be a whole number from 1 to 315360000'],
    [{ REFRESH_GRACE: '1.5' }, 'REFRESH_GRACE must be a whole number from 0 to 315360000'],
    [{ SESSION_IDLE_LIFETIME: '59' }, 'SESSION_IDLE_LIFETIME must be a whole number from 60 to 315360000'],
    [{ STORAGE: 'sqlite' }, 'STORAGE must be one of postgresql, redis, memory, or the path of a module of your own, such as ./my-storage.js'],
    [{ REDIS_URL: 'localhost:6379' }, 'REDIS_URL must start with redis://, rediss:// or unix://'],
    [{ AUDIT_LOG: 'stdou' }, 'AUDIT_LOG must be stdout, stderr or the path of a file, such as /var/log/keywright/audit.jsonl'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent'],
    [{ STORAGE_FROM: 'postgresql://old' }, 'STORAGE_FROM needs DATABASE_URL, the PostgreSQL database of the store that is moved to'],
    [{ DATABASE_URL: 'mysql://db' }, 'DATABASE_URL must start with postgresql://'],
    [{ SECRET_KEY: 'short' }, 'SECRET_KEY must have at least 32 characters'],
    [{ SECRET_KEY_OTHER: 'short' }, 'SECRET_KEY_OTHER must have at least 32 characters'],
    [{ SECRET_KEY: 'x'.repeat(32), SECRET_KEY_OTHER: 'x'.repeat(32) }, 'SECRET_KEY_OTHER must be another key than SECRET_KEY'],
    [{ SCOPES: '{' }, 'SCOPES must be a JSON object of scope names, each with the sentence that people read'],
    [{ SCOPES: '{}' }, 'SCOPES must be a JSON object of scope names, each with the sentence that people read'],
    [{ SIGN_IN_PROVIDERS: '{' }, 'SIGN_IN_PROVIDERS must be a JSON array of providers'],
    [
      { SIGN_IN_PROVIDERS: '[{"id":"a","name":"A","issuer":"http://id.example","client_id":"k"}]' },
      'SIGN_IN_PROVIDERS[0].issuer must be an https address without query, such as https://accounts.google.com; http only on this machine',
    ],
    [
      { SIGN_IN_PROVIDERS: '[{"id":"a","name":"A","issuer":"https://id.example","client_id":"k","client_secret_env":"NOT_SET"}]' },
      'SIGN_IN_PROVIDERS[0].client_secret_env names NOT_SET, which is not set',
    ],
    [
      { SIGN_IN_PROVIDERS: '[{"id":"a","name":"A","issuer":"https://login.microsoftonline.com/common/v2.0","client_id":"k","trust_email":true}]' },
      'SIGN_IN_PROVIDERS[0].trust_email cannot be set for an issuer of many tenants: name the issuer of your own tenant',
    ],
    [
      { SIGN_IN_PROVIDERS: '[{"id":"A","name":"","issuer":"https://id.example","client_id":"k"}]' },
      'SIGN_IN_PROVIDERS[0].id must be lower-case letters, digits and dashes, at most 31\nSIGN_IN_PROVIDERS[0].name is empty',
    ],
    [{ TRUST_PROXY: 'nginx' }, 'TRUST_PROXY must be true, false, or the addresses of the proxies (10.0.0.1, 10.0.0.0/8), with commas between'],
  ])('says in one line what is wrong with %j', (env, line) => {
    expect(problem(env as Record<string, string>)).toBe(line);
  });

  it.each<[string, Admitted]>([
    ['any', 'any'],
    ['none', []],
    ['app.example', ['app.example']],
    ['app.example:8443, other.example/', ['app.example:8443', 'other.example/']],
    ['app.example/apps/,localhost', ['app.example/apps/', 'localhost']],
    ['app.example/client.json', ['app.example/client.json']],
  ])('lets clients describe themselves at %s', (CLIENT_METADATA_DOCUMENTS, admitted) => {
    expect(readConfig({ CLIENT_METADATA_DOCUMENTS }).introductions.documents).toEqual(admitted);
  });

  it.each([
    'app.example,',
    'https://app.example',
    'App.example',
    'app.example:443',
    'app.example/app?x',
    'app.example?x',
    'app.example/apps/../',
    'app.example/apps/..;/',
    'app.example/apps/%2e%2e%2f/',
    'app.example/apps/?x=/',
    'app.example/apps/#/',
    'ada@app.example/apps/',
    '*.example',
    'app.example, x y',
    'any,app.example',
    'app.example, none',
    'true',
  ])('refuses %s where clients could describe themselves: no identifier begins so', (CLIENT_METADATA_DOCUMENTS) => {
    expect(problem({ CLIENT_METADATA_DOCUMENTS })).toMatch(/^CLIENT_METADATA_DOCUMENTS must be any or none by itself, or hosts \(example\.com\), folders/);
  });

  it.each<[string | undefined, Admitted]>([
    [
      undefined,
      [
        'chatgpt.com/connector_platform_oauth_redirect',
        'chatgpt.com/connector/oauth/',
        'claude.ai/api/mcp/auth_callback',
        'claude.com/api/mcp/auth_callback',
        'loopback',
        'cursor:',
        'vscode.dev/redirect',
        'insiders.vscode.dev/redirect',
      ],
    ],
    ['any', 'any'],
    ['none', []],
    ['loopback, com.example.app:,app.example:8443, other.example/apps/', ['loopback', 'com.example.app:', 'app.example:8443', 'other.example/apps/']],
  ])('lets clients register themselves that send people to %s', (CLIENT_REGISTRATION, admitted) => {
    expect(readConfig(CLIENT_REGISTRATION === undefined ? {} : { CLIENT_REGISTRATION }).introductions.redirects).toEqual(admitted);
  });

  it.each(['https:', 'http:', 'javascript:', 'nodot:', 'Cursor:', 'cursor:,', 'loopback,any', 'https://app.example', '*.example', 'app.example/x?y'])(
    'refuses %s where such clients could send people',
    (CLIENT_REGISTRATION) => {
      expect(problem({ CLIENT_REGISTRATION })).toMatch(/^CLIENT_REGISTRATION must be any or none by itself, or loopback \(this device\), schemes/);
    },
  );

  it.each([
    'https://auth.example.com/',
    'https://auth.example.com/path',
    'http://auth.example.com',
    'auth.example.com',
    'https://auth.example.com?x',
    'ftp://x',
  ])('refuses %s as an issuer (RFC 8414 §2)', (issuer) => {
    expect(problem({ ISSUER: issuer })).toMatch(/^ISSUER must be an http\(s\) origin/);
  });

  it.each(['https://auth.example.com', 'https://auth.example.com:8443', 'http://localhost:3000', 'http://127.0.0.1:8080', 'http://[::1]:3000'])(
    'takes %s as an issuer',
    (issuer) => {
      expect(readConfig({ ISSUER: issuer }).issuer).toBe(issuer);
    },
  );

  it('says all that is wrong at once, a line each', () => {
    expect(problem({ PORT: 'x', LOG_LEVEL: 'y' }).split('\n')).toHaveLength(2);
    expect(problem({ NODE_ENV: 'production' }).split('\n')).toEqual([
      expect.stringMatching(/^SECRET_KEY must be set/),
      expect.stringMatching(/^ISSUER must be set/),
    ]);
  });

  it.each(['true', '10.0.0.1', '10.0.0.0/8, 192.168.0.1', '::1'])('trusts the proxy %s', (proxies) => {
    expect(readConfig({ TRUST_PROXY: proxies }).trustProxy).toBe(proxies === 'true' ? true : proxies);
  });
});
