import { regularly } from './application/operations/regularly.js';
import { UsageJournal } from './application/operations/usage-journal.js';
import { Authenticate } from './application/tokens/authenticate.js';
import type { openInProcess as Open } from './application/tokens/in-process.js';
import { readConfig } from './config.js';
import { buildContainer } from './container.js';
import { Argon2PasswordHasher } from './infrastructure/crypto/argon2-password-hasher.js';
import { openStorage } from './infrastructure/open-storage.js';
import { keptSecretKey } from './infrastructure/secret-key.js';
import { systemClock } from './infrastructure/system-clock.js';

/** Milliseconds between two writings of what was used. */
const usagePause = 5000;

/** See `application/tokens/in-process.ts`. */
export const openInProcess: typeof Open = async (environment = process.env) => {
  const config = readConfig(environment);
  const secretKey = config.secretKey ?? (await keptSecretKey(config.dataDir));
  const { storage, close } = await openStorage(config);
  const container = buildContainer({ config, storage, clock: systemClock, passwordHasher: new Argon2PasswordHasher(), secretKey });
  const [authenticate, usage] = [container.resolve(Authenticate), container.resolve(UsageJournal)];
  const writing = regularly(
    () => usage.flush(),
    usagePause,
    () => undefined,
  );
  return {
    authenticate: (input) => authenticate.execute(input),
    close: async () => {
      await writing.stop();
      await usage.flush().catch(() => undefined);
      await close();
    },
  };
};
