import { randomBytes } from 'node:crypto';
import { regularly } from './application/operations/regularly.js';
import { UsageJournal } from './application/operations/usage-journal.js';
import { Authenticate } from './application/tokens/authenticate.js';
import { readConfig } from './config.js';
import { buildContainer } from './container.js';
import type { openInProcess as Open } from './in-process-types.js';
import { Argon2PasswordHasher } from './infrastructure/crypto/argon2-password-hasher.js';
import { openStorage } from './infrastructure/open-storage.js';
import { systemClock } from './infrastructure/system-clock.js';

/** Milliseconds between two writings of what was used. */
const usagePause = 5000;

/** See `in-process-types.ts`. */
export const openInProcess: typeof Open = async (environment = process.env) => {
  // Nothing is sealed or opened here, so any key will do, where the server must have its own.
  const config = readConfig({ SECRET_KEY: randomBytes(32).toString('hex'), ...environment });
  const { storage, close } = await openStorage({ ...config, ifNotMade: 'refuse' });
  const container = buildContainer({ config, storage, clock: systemClock, passwordHasher: new Argon2PasswordHasher() });
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
