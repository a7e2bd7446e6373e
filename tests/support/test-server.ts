import { createServer } from 'node:net';
import { Writable } from 'node:stream';
import { CreateClient } from '../../src/application/clients/create-client.js';
import type { ChosenSettings } from '../../src/application/clients/default-settings.js';
import type { ClientMetadataSource } from '../../src/application/clients/named-clients.js';
import { CreateUser } from '../../src/application/people/create-user.js';
import type { AuditEvent } from '../../src/application/ports/audit-trail.js';
import type { Mailer } from '../../src/application/ports/mailer.js';
import type { PasswordHasher } from '../../src/application/ports/password-hasher.js';
import type { RequestMetrics } from '../../src/application/ports/request-metrics.js';
import type { Storage } from '../../src/application/ports/storage.js';
import type { StorageUnavailable } from '../../src/application/ports/storage-unavailable.js';
import { assembleServer } from '../../src/assemble-server.js';
import { clientMetadataSource } from '../../src/client-metadata-source.js';
import { type Config, readConfig } from '../../src/config.js';
import { buildContainer } from '../../src/container.js';
import type { SecretKeys } from '../../src/domain/secret-key.js';
import { auditLine } from '../../src/infrastructure/audit/audit-line.js';
import { tokenWays, waysToSignIn } from '../../src/ways-to-sign-in.js';
import { CountingHasher } from './counting-hasher.js';
import { HandClock } from './hand-clock.js';
import { testStorage } from './test-storage.js';

export interface TestServerOptions {
  /** Left out: an empty one of the kind that STORAGE names. */
  readonly storage?: Storage;
  /** Environment variables as a person would set them. */
  readonly env?: Record<string, string>;
  readonly passwordHasher?: PasswordHasher;
  readonly mailer?: Mailer;
  /** Is told of requests. */
  readonly metrics?: RequestMetrics;
  readonly secretKeys?: SecretKeys;
  /** Is told of requests that the store refused. */
  readonly storeFailed?: (error: StorageUnavailable) => void;
  /** What clients say of themselves; left out: what is at their addresses. */
  readonly clientMetadata?: ClientMetadataSource;
}

const aSecretKey = 'a key for tests, of more than 32 characters';

export const testPerson = { email: 'ada@example.com', password: 'correct horse battery staple' };

/** A server as `serve` builds it, with a clock turned by hand and one person. What it logs, at every level, is kept in `log`; its audit trail in `audit`. */
export async function testServer({
  storage: given,
  env = {},
  passwordHasher = new CountingHasher(),
  mailer,
  metrics,
  secretKeys = [aSecretKey],
  storeFailed,
  clientMetadata,
}: TestServerOptions = {}) {
  const config: Config = readConfig({ ISSUER: 'http://localhost:3000', ...env });
  const own = given ? { storage: given, close: async () => {} } : await testStorage();
  const clock = new HandClock(new Date());
  const audit: string[] = [];
  const auditTrail = { record: (event: AuditEvent) => void audit.push(auditLine(event)) };
  const foundations = { config, storage: own.storage, clock, passwordHasher, secretKeys, mailer: mailer ?? null, auditTrail };
  const introductions = { clientMetadata: clientMetadata ?? clientMetadataSource(config), admittedRedirects: config.introductions.redirects };
  const container = buildContainer({ ...foundations, ...waysToSignIn(config), ...introductions });
  const log: string[] = [];
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      log.push(String(chunk));
      done();
    },
  });
  const server = await assembleServer(container, {
    config,
    secretKeys,
    logger: { level: 'trace', stream },
    tokenWays: tokenWays(config),
    ready: () => own.storage.ping(),
    metrics,
    storeFailed,
  });
  const person = given || !config.localAccounts ? null : await container.resolve(CreateUser).execute({ actor: 'operator', ...testPerson });
  return {
    server,
    storage: own.storage,
    container,
    clock,
    passwordHasher,
    log,
    audit,
    person,
    issuer: config.issuer,
    createClient: async (settings: ChosenSettings = {}) => {
      const { client, secret } = await container.resolve(CreateClient).execute({ actor: 'operator', settings: { name: 'Some app', ...settings } });
      return { id: client.id, secret: secret ?? '', client };
    },
    close: async () => {
      await server.close();
      await own.close();
    },
  };
}

export type TestServer = Awaited<ReturnType<typeof testServer>>;
export type TestClient = Awaited<ReturnType<TestServer['createClient']>>;

/** The same, listening on a free port of this machine under the issuer that it names. */
export async function listeningServer(options: TestServerOptions = {}): Promise<TestServer> {
  const port = await freePort();
  const world = await testServer({ ...options, env: { ISSUER: `http://127.0.0.1:${port}`, ...options.env } });
  try {
    await world.server.listen({ port, host: '127.0.0.1' });
    return world;
  } catch (error) {
    await world.close();
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return listeningServer(options);
    throw error;
  }
}

/** The issuer must name the port before the server is built, so it cannot be left to `listen`. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
