import { randomBytes } from 'node:crypto';
import { CheckKeys } from './application/keys/check-keys.js';
import { KeysUnreadable } from './application/keys/keys-unreadable.js';
import type { IfNotMade } from './application/operations/if-not-made.js';
import type { Storage } from './application/ports/storage.js';
import { commandServices } from './command-services.js';
import { type Config, ConfigError, readConfig } from './config.js';
import { isStorePlace } from './configuration/storage-name.js';
import { buildContainer, type Container } from './container.js';
import type { SecretKeys } from './domain/secret-key.js';
import { HangUps } from './hang-ups.js';
import { AuditLogError } from './infrastructure/audit/audit-file.js';
import { openAuditLog } from './infrastructure/audit/open-audit-log.js';
import { type Closer, closeAll } from './infrastructure/close-all.js';
import { Argon2PasswordHasher } from './infrastructure/crypto/argon2-password-hasher.js';
import { DataFolderError } from './infrastructure/data-folder.js';
import { EmbeddedPostgresError } from './infrastructure/embedded-postgres/embedded-postgres-error.js';
import { examinedStore } from './infrastructure/examined-store.js';
import { ModuleError } from './infrastructure/load-module.js';
import { createMemoryStorage } from './infrastructure/memory/create-memory-storage.js';
import { MoveRefused } from './infrastructure/moving/move-refused.js';
import { NotMadeYet } from './infrastructure/not-made-yet.js';
import { type MoveChoice, openMove } from './infrastructure/open-move.js';
import { makesDatabase, migrateStore, openStorage } from './infrastructure/open-storage.js';
import { isSecretKeyKept, keptSecretKey } from './infrastructure/secret-key.js';
import { systemClock } from './infrastructure/system-clock.js';
import type { Services } from './interfaces/cli/command-line.js';
import { CommandFailure, exitCodes } from './interfaces/cli/exit-codes.js';
import { RefusedWhereNotMade } from './interfaces/cli/refused-where-not-made.js';
import { runCommandLine } from './interfaces/cli/run-command-line.js';
import { tooFewFiles } from './open-files.js';
import { CannotListen } from './serving/cannot-listen.js';
import { version } from './version.js';

/** The configuration; a wrong one ends the command with one line. */
function configuration(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    throw error instanceof ConfigError ? new CommandFailure(error.message, exitCodes.configuration) : error;
  }
}

/** What is told in one line, because only an operator can mend it. */
const toPutRight = [AuditLogError, CannotListen, DataFolderError, EmbeddedPostgresError, KeysUnreadable, ModuleError];

/** Runs `work`; what an operator has to put right is told in one line. */
async function clearly<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NotMadeYet) throw new RefusedWhereNotMade(error.message);
    if (error instanceof MoveRefused) throw new CommandFailure(error.message, exitCodes.refused);
    if (toPutRight.some((kind) => error instanceof kind)) throw new CommandFailure((error as Error).message, exitCodes.configuration);
    if (error instanceof Error && 'code' in error && error.code === 'EMFILE')
      throw new CommandFailure(tooFewFiles(error) ?? error.message, exitCodes.configuration);
    throw error;
  }
}

/** The two stores of a move: as typed, or else as the servers that are moving have them. */
function movedBetween({ from, to }: { readonly from?: string; readonly to?: string }): MoveChoice {
  const config = configuration();
  const chosen = config.storage === 'postgresql' ? config.databaseUrl : config.storage === 'redis' ? config.redisUrl : config.storage;
  const [old, next] = [from ?? config.storageFrom, to ?? chosen];
  if (!old || !next || next === 'memory') throw new CommandFailure('say between which stores: --from and --to, or STORAGE_FROM and STORAGE', exitCodes.usage);
  for (const place of [old, next])
    if (!isStorePlace(place))
      throw new CommandFailure('--from and --to must be addresses that start with postgresql:// or redis://, or paths of modules', exitCodes.usage);
  return { from: old, to: next, databaseUrl: config.databaseUrl, redisPrefix: config.redisPrefix, dataDir: config.dataDir };
}

/** What a command that may make a database does with it is told on stderr: what goes to stdout is read by scripts. */
const log = (line: string) => void process.stderr.write(`${line}\n`);

/** The chosen store, brought up to date, and what is wired over it. */
interface Opened {
  readonly storage: Storage;
  readonly container: Container;
  close(): Promise<void>;
}

/** Whoever asks closes it. `keyInstead`: of the one that is kept. */
async function open(ifNotMade: IfNotMade, keyInstead?: string): Promise<Opened> {
  const config = configuration();
  const keepKey = () => clearly(() => keptSecretKey(config.dataDir, ifNotMade));
  // Before the store, which a module may make where it is refused too; one that is still to be made, once the store is there that it is for.
  const known = config.secretKey ?? keyInstead ?? (ifNotMade === 'refuse' || isSecretKeyKept(config.dataDir) ? await keepKey() : null);
  const closers: Closer[] = [];
  const close = () => closeAll(...closers);
  try {
    // Its answers are on stdout.
    const auditTrail = await clearly(async () => openAuditLog(config.auditLog === 'stdout' ? 'stderr' : config.auditLog));
    closers.unshift(() => auditTrail?.close());
    const { storage, close: closeStorage } = await clearly(() => openStorage({ ...config, ifNotMade }, ifNotMade === 'make' ? log : undefined));
    closers.unshift(closeStorage);
    const secretKeys: SecretKeys = [known ?? (await keepKey()), ...config.otherSecretKeys];
    const container = buildContainer({ config, storage, clock: systemClock, passwordHasher: new Argon2PasswordHasher(), auditTrail, secretKeys });
    return { storage, container, close };
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
}

/** A process of its own would do its work in a store of its own, and print secrets that are good nowhere. */
async function openServicesOfServer(ifNotMade: IfNotMade): Promise<Services> {
  if (configuration().storage === 'memory') throw new CommandFailure(inMemory, exitCodes.configuration);
  const { container, close } = await open(ifNotMade);
  return commandServices(container, close);
}

const inMemory = 'with STORAGE=memory a server keeps everything inside itself, where no command reaches it: use its pages or its API';

/** What is done in it is told nowhere, and forgotten. */
async function emptyStore(): Promise<Services> {
  const config = configuration();
  const storage = createMemoryStorage();
  const secretKeys: SecretKeys = [randomBytes(32).toString('hex')];
  const container = buildContainer({ config, storage, clock: systemClock, passwordHasher: new Argon2PasswordHasher(), auditTrail: null, secretKeys });
  return commandServices(container, () => storage.close());
}

/** Runs one command and answers its exit code. `argv`: what was typed after the program's name. `hangUps`: those of a server, heard since before this was loaded. */
export function run(argv: readonly string[], hangUps: HangUps | null): Promise<number> {
  return runCommandLine(argv, {
    version,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    serve: () => clearly(async () => (await import('./serve.js')).serve(configuration(), process.stdout, hangUps ?? new HangUps())),
    migrate: () => clearly(() => migrateStore(configuration(), log)),
    openMove: async (stores) => {
      const { move, close } = await clearly(() => openMove(movedBetween(stores)));
      return {
        copy: (report) => clearly(() => move.copy(report)),
        check: (report) => clearly(() => move.check(report)),
        switchOver: () => clearly(() => move.switchOver()),
        abandon: () => clearly(() => move.abandon()),
        close,
      };
    },
    openServices: openServicesOfServer,
    makesStore: () => clearly(() => makesDatabase(configuration())),
    emptyStore: () => clearly(emptyStore),
    surroundings: {
      now: () => new Date(),
      configuration: () => {
        const { issuer, introductions, storage, workers, databasePoolSize, host, port } = configuration();
        // Beside its pool a worker has one connection for notices.
        return {
          issuer,
          introductions,
          connections: workers * (databasePoolSize + 1),
          storeOfItsOwn: storage === 'memory',
          listened: { host, port },
        };
      },
      secretKey: async () => {
        const { secretKey, dataDir } = configuration();
        if (secretKey !== null) return 'given';
        if (!isSecretKeyKept(dataDir)) return 'none';
        await clearly(() => keptSecretKey(dataDir, 'refuse'));
        return 'kept';
      },
      openStore: async () => {
        const store = await clearly(() => examinedStore({ ...configuration(), ifNotMade: 'refuse' }));
        const { move } = store;
        return { ...store, ...(move && { move: () => clearly(move) }) };
      },
      openAsServed: async () => {
        const { secretKey, dataDir } = configuration();
        // Where no key can be read, none opens what was sealed, and none is made to see that.
        const key = secretKey ?? (await keptSecretKey(dataDir, 'refuse').catch(() => randomBytes(32).toString('hex')));
        const { storage, container, close } = await open('refuse', key);
        return { ping: () => storage.ping(true), signingKeys: () => container.resolve(CheckKeys).execute(), close };
      },
    },
  });
}
