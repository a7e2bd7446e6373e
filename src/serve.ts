import { AfterTheAnswer } from './application/accounts/after-the-answer.js';
import { TendKeys } from './application/keys/tend-keys.js';
import { FirstRun } from './application/operations/first-run.js';
import { PurgeExpired } from './application/operations/purge-expired.js';
import { regularly } from './application/operations/regularly.js';
import { UsageJournal } from './application/operations/usage-journal.js';
import { SignIn } from './application/people/sign-in.js';
import { assembleServer } from './assemble-server.js';
import type { Config } from './config.js';
import { buildContainer } from './container.js';
import { InvalidInput } from './domain/errors.js';
import { Argon2PasswordHasher } from './infrastructure/crypto/argon2-password-hasher.js';
import { mailerFor } from './infrastructure/mail/mailer-for.js';
import { openStorage } from './infrastructure/open-storage.js';
import { loadAuthenticator } from './infrastructure/own-users/load-authenticator.js';
import { keptSecretKey } from './infrastructure/secret-key.js';
import { systemClock } from './infrastructure/system-clock.js';
import { CommandFailure, exitCodes } from './interfaces/cli/exit-codes.js';
import { welcome } from './interfaces/cli/welcome.js';
import { stopSignal } from './stop-signal.js';
import { tokenWays, waysToSignIn } from './ways-to-sign-in.js';

/** Milliseconds between two rounds of what the server does beside serving. */
const pauses = { purge: 60_000, keys: 5000, usage: 5000 };

/** Milliseconds in which requests that are under way may end; no verb of a store takes longer than three seconds. */
const drainTime = 5000;

/** Runs the server until the process is told to stop: config -> store -> container -> server -> listen -> drain. */
export async function serve(config: Config, stdout: NodeJS.WritableStream): Promise<void> {
  // From the very beginning: told to stop while it starts, it must not leave a database behind.
  const stopping = stopSignal();
  const secretKey = config.secretKey ?? (await keptSecretKey(config.dataDir));
  const ownUsers = config.authenticatorModule === null ? null : await loadAuthenticator(config.authenticatorModule, config);
  const { storage, close } = await openStorage(config, (line) => void process.stderr.write(`${line}\n`));
  try {
    const container = buildContainer({
      config,
      storage,
      clock: systemClock,
      passwordHasher: new Argon2PasswordHasher(),
      mailer: mailerFor(config, process.stderr),
      ...waysToSignIn(config, ownUsers),
      secretKey,
    });
    const tendKeys = container.resolve(TendKeys);
    await tendKeys.execute();
    const { admin, nobodyYet, demoClient } = await container
      .resolve(FirstRun)
      .execute({ ...config, admin: config.localAccounts ? config.admin : null })
      .catch(blameEnvironment);
    let draining = false;
    const ready = async () => {
      if (draining) throw new Error('the server is stopping');
      await storage.ping();
    };
    const server = await assembleServer(container, { config, secretKey, ready, tokenWays: tokenWays(config), logger: { level: config.logLevel } });
    await server.listen({ port: config.port, host: config.host });
    const failed = (what: string) => (error: unknown) => server.log.error({ err: error }, `${what} failed`);
    const afterTheAnswer = container.resolve(AfterTheAnswer);
    afterTheAnswer.failed = failed('mailing');
    const [purgeExpired, usage] = [container.resolve(PurgeExpired), container.resolve(UsageJournal)];
    const chores = [
      regularly((stopped) => purgeExpired.execute(stopped), pauses.purge, failed('purging')),
      regularly(() => tendKeys.execute(), pauses.keys, failed('tending the signing keys')),
      regularly(() => usage.flush(), pauses.usage, failed('noting usage')),
    ];
    storage.notices.subscribe('clients', {
      changed: () => undefined,
      lost: (cause) => server.log.warn({ err: cause }, 'changes on other instances are not heard at once'),
      resumed: () => server.log.info('changes on other instances are heard'),
    });
    const shown = admin && { email: admin.user.email, password: admin.password };
    stdout.write(
      welcome({ issuer: config.issuer, admin: shown, passwords: container.resolve(SignIn).possible, nobodyYet, demoClientId: demoClient?.id ?? null }),
    );

    await stopping;
    draining = true;
    await Promise.all(chores.map((chore) => chore.stop()));
    // A caller that never finishes its request must not hold up the rest.
    const cut = setTimeout(() => server.server.closeAllConnections(), drainTime).unref();
    await server.close();
    clearTimeout(cut);
    // A mail server that does not answer must not hold it up either.
    await Promise.race([afterTheAnswer.settled(), new Promise((resolve) => setTimeout(resolve, drainTime).unref())]);
    await usage.flush().catch(failed('noting usage'));
  } finally {
    await close();
    await ownUsers?.close();
  }
}

/** The first administrator's address and password come from the environment. */
function blameEnvironment(error: unknown): never {
  if (!(error instanceof InvalidInput)) throw error;
  throw new CommandFailure(error.problems.map(({ field, message }) => `ADMIN_${field.toUpperCase()} ${message}`).join('\n'), exitCodes.configuration);
}
