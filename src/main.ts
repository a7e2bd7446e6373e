#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { KeysUnreadable } from './application/keys/keys-unreadable.js';
import { commandServices } from './command-services.js';
import { type Config, ConfigError, readConfig } from './config.js';
import { buildContainer } from './container.js';
import { Argon2PasswordHasher } from './infrastructure/crypto/argon2-password-hasher.js';
import { DataFolderError } from './infrastructure/data-folder.js';
import { EmbeddedPostgresError } from './infrastructure/embedded-postgres/embedded-postgres-error.js';
import { ModuleError } from './infrastructure/load-module.js';
import { MoveRefused } from './infrastructure/moving/move-refused.js';
import { examinedStore, migrateStore, openStorage } from './infrastructure/open-storage.js';
import { MigrationError } from './infrastructure/prisma/migrate-error.js';
import { StoreMove } from './infrastructure/prisma/moving/store-move.js';
import { keptSecretKey } from './infrastructure/secret-key.js';
import { systemClock } from './infrastructure/system-clock.js';
import { CommandFailure, exitCodes } from './interfaces/cli/exit-codes.js';
import { runCommandLine } from './interfaces/cli/run-command-line.js';
import { serve } from './serve.js';

/** The configuration; a wrong one ends the command with one line. */
function configuration(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    throw error instanceof ConfigError ? new CommandFailure(error.message, exitCodes.configuration) : error;
  }
}

/** What is told in one line, because only an operator can mend it. */
const toPutRight = [DataFolderError, EmbeddedPostgresError, MigrationError, KeysUnreadable, ModuleError];

/** Runs `work`; what an operator has to put right is told in one line. */
async function clearly<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof MoveRefused) throw new CommandFailure(error.message, exitCodes.refused);
    if (toPutRight.some((kind) => error instanceof kind)) throw new CommandFailure((error as Error).message, exitCodes.configuration);
    const { code, port, address } = error as NodeJS.ErrnoException & { port?: number; address?: string };
    if (code === 'EADDRINUSE') throw new CommandFailure(`PORT ${port} at ${address} is in use by another program`, exitCodes.configuration);
    if (code === 'EACCES' && port !== undefined) throw new CommandFailure(`PORT ${port} may not be listened on by this user`, exitCodes.configuration);
    if (code === 'ENOTFOUND' || code === 'EADDRNOTAVAIL') throw new CommandFailure('HOST is not an address of this machine', exitCodes.configuration);
    throw error;
  }
}

/** The two databases of a move: as typed, or else as the servers that are moving have them. */
function movedBetween({ from, to }: { readonly from?: string; readonly to?: string }): readonly [string, string] {
  const config = from === undefined || to === undefined ? configuration() : null;
  const [old, next] = [from ?? config?.storageFrom, to ?? config?.databaseUrl];
  if (!old || !next) throw new CommandFailure('say between which databases: --from and --to, or STORAGE_FROM and DATABASE_URL', exitCodes.usage);
  for (const url of [old, next])
    if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url))
      throw new CommandFailure('--from and --to must be addresses that start with postgresql://', exitCodes.usage);
  return [old, next];
}

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };

process.exitCode = await runCommandLine(process.argv.slice(2), {
  version,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  serve: () => clearly(() => serve(configuration(), process.stdout)),
  migrate: () => clearly(() => migrateStore(configuration())),
  openMove: async (stores) => {
    const move = await clearly(() => StoreMove.open(...movedBetween(stores)));
    return {
      copy: (report) => clearly(() => move.copy(report)),
      check: (report) => clearly(() => move.check(report)),
      switchOver: () => clearly(() => move.switchOver()),
      abandon: () => clearly(() => move.abandon()),
      close: () => move.close(),
    };
  },
  openServices: async () => {
    const config = configuration();
    const secretKey = config.secretKey ?? (await clearly(() => keptSecretKey(config.dataDir)));
    const { storage, close } = await clearly(() => openStorage(config));
    return commandServices(buildContainer({ config, storage, clock: systemClock, passwordHasher: new Argon2PasswordHasher(), secretKey }), close);
  },
  surroundings: {
    now: () => new Date(),
    configuration: () => {
      const { issuer, secretKey, production } = configuration();
      return { issuer, secretKey: secretKey ? 'given' : production ? 'missing' : 'generated' };
    },
    openStore: () => clearly(() => examinedStore(configuration())),
  },
});
