#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { commandServices } from './command-services.js';
import { type Config, ConfigError, readConfig } from './config.js';
import { buildContainer } from './container.js';
import { Argon2PasswordHasher } from './infrastructure/crypto/argon2-password-hasher.js';
import { examinedStore, migrateStore, openStorage } from './infrastructure/open-storage.js';
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

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };

process.exitCode = await runCommandLine(process.argv.slice(2), {
  version,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  serve: () => serve(configuration(), process.stdout),
  migrate: () => migrateStore(configuration()),
  openServices: async () => {
    const config = configuration();
    const { storage, close } = await openStorage(config);
    return commandServices(buildContainer({ config, storage, clock: systemClock, passwordHasher: new Argon2PasswordHasher() }), close);
  },
  surroundings: {
    now: () => new Date(),
    configuration: () => {
      const { issuer, secretKey, production } = configuration();
      return { issuer, secretKey: secretKey ? 'given' : production ? 'missing' : 'generated' };
    },
    openStore: () => examinedStore(configuration()),
  },
});
