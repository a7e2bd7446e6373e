import { AfterTheAnswer } from '../application/accounts/after-the-answer.js';
import { KeysUnreadable } from '../application/keys/keys-unreadable.js';
import { TendKeys } from '../application/keys/tend-keys.js';
import { PurgeExpired } from '../application/operations/purge-expired.js';
import { regularly } from '../application/operations/regularly.js';
import { UsageJournal } from '../application/operations/usage-journal.js';
import { StorageUnavailable } from '../application/ports/storage-unavailable.js';
import { assembleServer } from '../assemble-server.js';
import { mostApart } from '../domain/clocks.js';
import { Doors } from '../interfaces/http/doors.js';
import { tokenWays } from '../ways-to-sign-in.js';
import { listening } from './cannot-listen.js';
import { ClockWatch } from './clock-watch.js';
import type { Service } from './open-service.js';
import { StoreWatch } from './store-watch.js';

/** Milliseconds between two rounds of what the server does beside serving. Every process does it; the verbs of a store are safe when several do so at once. */
const pauses = { purge: 60_000, keys: 5000, usage: 5000, clock: 1000 };

/** Milliseconds in which requests that are under way may end; no verb of a store takes longer than three seconds. */
const drainTime = 5000;

/** Milliseconds of it in which connections that are idle are spared: most of those that are in use bring their next request in this time, and hear with its answer that it was the last. */
const sparingTime = 1000;

/** A server that answers on its port. */
export interface Listening {
  /** Lets nobody new in and ends connections with their next answers, while others serve the port; resolves when all have ended, or when `enough` does, and in five seconds at most. */
  retire(enough: Promise<unknown>): Promise<void>;
  /** Takes nothing new, lets what is under way end, and resolves when it has. Where all of them hang, after some 16 seconds: 3 for what is done beside serving, 5 for requests, 5 for mail, 3 to note usage. */
  drain(): Promise<void>;
}

/** Serves on the configured port until it is drained. Throws `CannotListen`. */
export async function listen({ config, container, storage, secretKeys, metrics, clock }: Service, doors = new Doors()): Promise<Listening> {
  let retired = false;
  let draining = false;
  let keysOpen = true;
  const ready = async () => {
    if (draining) throw new Error('the server is stopping');
    if (!keysOpen) throw new Error('SECRET_KEY does not open the key that signs');
    if (!clockWatch.isReady) throw new Error("the clock is apart from the database's");
    await watch.ready();
  };
  const logger = { level: config.logLevel };
  const storeFailed = (error: StorageUnavailable) => watch.noticed(error);
  const server = await assembleServer(container, { config, secretKeys, ready, storeFailed, tokenWays: tokenWays(config), logger, doors, metrics });
  const clockWatch = new ClockWatch(clock, storage.now?.bind(storage) ?? null, mostApart(config.lifetimes.refreshGrace), server.log);
  const watch = new StoreWatch((thoroughly) => storage.ping(thoroughly), server.log);
  await clockWatch.look();
  await listening('', server.listen({ port: config.port, host: config.host }));
  const failed = (what: string) => (error: unknown) => server.log.error({ err: error }, `${what} failed`);
  // Of a store that is away the watch tells, once. One that is well refused this alone.
  const choreFailed = (what: string) => (error: unknown) => {
    if (!(error instanceof StorageUnavailable)) return failed(what)(error);
    watch.ready().then(
      () => failed(what)(error),
      () => undefined,
    );
  };
  const tend = async () => {
    try {
      await tendKeys.execute();
      keysOpen = true;
    } catch (error) {
      if (!(error instanceof KeysUnreadable)) throw error;
      if (keysOpen) failed('tending the signing keys')(error);
      keysOpen = false;
    }
  };
  const afterTheAnswer = container.resolve(AfterTheAnswer);
  afterTheAnswer.failed = failed('mailing');
  const [purgeExpired, tendKeys, usage] = [container.resolve(PurgeExpired), container.resolve(TendKeys), container.resolve(UsageJournal)];
  const chores = [
    regularly((stopped) => purgeExpired.execute(stopped), pauses.purge, choreFailed('purging')),
    regularly(() => clockWatch.look(), pauses.clock, failed('comparing clocks')),
    regularly(tend, pauses.keys, choreFailed('tending the signing keys')),
    regularly(() => usage.flush(), pauses.usage, choreFailed('noting usage')),
  ];
  storage.notices.subscribe('clients', {
    changed: () => undefined,
    lost: (cause) => server.log.warn({ err: cause }, 'changes on other instances are not heard at once'),
    resumed: () => server.log.info('changes on other instances are heard'),
  });
  const retire = (enough: Promise<unknown>) => {
    retired = true;
    return doors.leave(enough);
  };
  return {
    retire: (enough) => retire(Promise.race([enough, pause(drainTime)])),
    drain: async () => {
      draining = true;
      await Promise.all(chores.map((chore) => chore.stop()));
      // A caller that never finishes its request must not hold up the rest.
      const enough = pause(drainTime);
      if (!retired) await retire(pause(sparingTime));
      await Promise.all([server.close(), doors.close(enough)]);
      watch.stop();
      // A mail server that does not answer must not hold it up either.
      await Promise.race([afterTheAnswer.settled(), pause(drainTime)]);
      await usage.flush().catch(failed('noting usage'));
    },
  };
}

/** Keeps no process alive. */
function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
