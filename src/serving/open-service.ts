import type { Storage } from '../application/ports/storage.js';
import { clientMetadataSource } from '../client-metadata-source.js';
import type { Config } from '../config.js';
import { buildContainer, type Container } from '../container.js';
import type { SecretKeys } from '../domain/secret-key.js';
import { openAuditLog } from '../infrastructure/audit/open-audit-log.js';
import { type Closer, closeAll } from '../infrastructure/close-all.js';
import { Argon2PasswordHasher } from '../infrastructure/crypto/argon2-password-hasher.js';
import { mailerFor } from '../infrastructure/mail/mailer-for.js';
import type { Metrics } from '../infrastructure/metrics/metrics.js';
import { openStorage } from '../infrastructure/open-storage.js';
import { loadAuthenticator } from '../infrastructure/own-users/load-authenticator.js';
import { keptSecretKey } from '../infrastructure/secret-key.js';
import { SteadyClock } from '../infrastructure/steady-clock.js';
import { version } from '../version.js';
import { waysToSignIn } from '../ways-to-sign-in.js';

/** The whole service over its store, which serves nobody yet. */
export interface Service {
  readonly config: Config;
  readonly container: Container;
  readonly storage: Storage;
  readonly secretKeys: SecretKeys;
  /** Left out where nobody reads numbers. */
  readonly metrics?: Metrics | undefined;
  readonly clock: SteadyClock;
  close(): Promise<void>;
}

/**
 * Opens what the server stands on and wires the service: store, the team's own users, ways to sign in. Whoever calls it has to close it. `stopped`: ends a wait for
 * others, which throws its reason.
 */
export async function openService(config: Config, stopped?: AbortSignal): Promise<Service> {
  // What is opened last is closed first, the trail last of all: it is told until then.
  const closers: Closer[] = [];
  const close = () => closeAll(...closers);
  try {
    const auditTrail = openAuditLog(config.auditLog);
    closers.unshift(() => auditTrail?.close());
    const secretKeys: SecretKeys = [config.secretKey ?? (await keptSecretKey(config.dataDir)), ...config.otherSecretKeys];
    const ownUsers = config.authenticatorModule === null ? null : await loadAuthenticator(config.authenticatorModule, config);
    closers.unshift(() => ownUsers?.close());
    const metrics = config.metrics ? await countedFromNow() : undefined;
    const choice = { ...config, laneTallies: metrics?.laneTallies, stopped };
    const { storage, close: closeStorage } = await openStorage(choice, (line) => void process.stderr.write(`${line}\n`));
    closers.unshift(closeStorage);
    const clock = new SteadyClock();
    const container = buildContainer({
      config,
      storage,
      clock,
      passwordHasher: new Argon2PasswordHasher(),
      mailer: mailerFor(config, process.stderr),
      auditTrail,
      ...waysToSignIn(config, ownUsers),
      clientMetadata: clientMetadataSource(config),
      admittedRedirects: config.introductions.redirects,
      secretKeys,
    });
    return { config, container, storage, secretKeys, metrics, clock, close };
  } catch (error) {
    // What failed first is told.
    await close().catch(() => undefined);
    throw error;
  }
}

/** The library is loaded only where it is needed: commands begin tens of milliseconds earlier without it. */
async function countedFromNow(): Promise<Metrics> {
  const { Metrics } = await import('../infrastructure/metrics/metrics.js');
  return new Metrics(version);
}
