import { AfterTheAnswer } from '../application/accounts/after-the-answer.js';
import { TendKeys } from '../application/keys/tend-keys.js';
import { PurgeExpired } from '../application/operations/purge-expired.js';
import { regularly } from '../application/operations/regularly.js';
import { UsageJournal } from '../application/operations/usage-journal.js';
import { assembleServer } from '../assemble-server.js';
import type { Doors } from '../interfaces/http/doors.js';
import { tokenWays } from '../ways-to-sign-in.js';
import type { Service } from './open-service.js';

/** Milliseconds between two rounds of what the server does beside serving. Every process does it; the verbs of a store are safe when several do so at once. */
const pauses = { purge: 60_000, keys: 5000, usage: 5000 };

/** Milliseconds in which requests that are under way may end; no verb of a store takes longer than three seconds. */
export const drainTime = 5000;

/** Milliseconds between two looks at which connections have become idle, while the server stops. */
const sweepPause = 100;

/** A server that answers on its port. */
export interface Listening {
  /** Takes nothing new, lets what is under way end, and resolves when it has; within 15 seconds at most. */
  drain(): Promise<void>;
}

/** Serves on the configured port until it is drained. `doors`: what it is to listen with, for whoever wants to leave slowly. */
export async function listen({ config, container, storage, secretKeys, metrics }: Service, doors?: Doors): Promise<Listening> {
  let draining = false;
  const ready = async () => {
    if (draining) throw new Error('the server is stopping');
    await storage.ping();
  };
  const server = await assembleServer(container, {
    config,
    secretKeys,
    ready,
    tokenWays: tokenWays(config),
    logger: { level: config.logLevel },
    doors,
    metrics,
  });
  await server.listen({ port: config.port, host: config.host });
  const failed = (what: string) => (error: unknown) => server.log.error({ err: error }, `${what} failed`);
  const afterTheAnswer = container.resolve(AfterTheAnswer);
  afterTheAnswer.failed = failed('mailing');
  const [purgeExpired, tendKeys, usage] = [container.resolve(PurgeExpired), container.resolve(TendKeys), container.resolve(UsageJournal)];
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
  return {
    drain: async () => {
      draining = true;
      await Promise.all(chores.map((chore) => chore.stop()));
      const connections = doors ?? server.server;
      // A connection whose request was under way is idle after its answer, and its client might keep it open for long.
      const sweep = setInterval(() => connections.closeIdleConnections(), sweepPause).unref();
      // A caller that never finishes its request must not hold up the rest.
      const cut = setTimeout(() => connections.closeAllConnections(), drainTime).unref();
      await server.close();
      clearInterval(sweep);
      clearTimeout(cut);
      // A mail server that does not answer must not hold it up either.
      await Promise.race([afterTheAnswer.settled(), new Promise((resolve) => setTimeout(resolve, drainTime).unref())]);
      await usage.flush().catch(failed('noting usage'));
    },
  };
}
