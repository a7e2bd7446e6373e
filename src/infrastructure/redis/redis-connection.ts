import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { createClient, type RedisClientType } from '@redis/client';
import { StorageUnavailable } from '../../application/ports/storage-unavailable.js';
import { StoreMoved } from '../../application/ports/store-moved.js';
import { inTime } from '../answering-in-time.js';
import { RedisClock } from './redis-clock.js';
import { redisUnavailabilityOf } from './redis-unavailability.js';

/** A program that Redis runs as one step: nothing else happens there meanwhile. */
export interface Script {
  readonly source: string;
  readonly sha1: string;
  /** Takes the deadline of the caller: see scripts/while-awaited.ts. */
  readonly awaited?: true;
}

export function script(source: string): Script {
  return { source, sha1: createHash('sha1').update(source).digest('hex') };
}

export type Reply = string | number | null | readonly Reply[];

/** Runs a script with keys and values. */
export type RunScript = (script: Script, keys?: readonly string[], values?: readonly (string | number)[]) => Promise<Reply>;

/** Milliseconds: how long to wait for a connection, for a word over one that is being made, between two attempts at most, and for a deed, which Redis leaves undone before its caller gives up. */
const patience = { connect: 2000, silence: 5000, retry: 1000, deed: 2400 };

/** One connection, over which everything is pipelined. It connects when it is first used, and again by itself whenever it was lost. */
export class RedisConnection {
  private readonly client: RedisClientType;
  private connecting: Promise<unknown> | undefined;
  private preparing: Promise<void> | undefined;
  private tellingAnew: Promise<void> | undefined;
  /** How many connections were made. */
  private made = 0;
  /** Why there is no connection: the library goes on trying, and tells none of those who wait. */
  private trouble: unknown;
  private readonly clock = new RedisClock(
    () => this.time(),
    () => this.giveUp(),
  );

  constructor(
    url: string,
    /** Before every key, so that several systems can share a database. */
    private readonly prefix: string,
    /** Run whenever a connection is made, before anything else is run over it; while it fails, all else does. */
    private readonly prepare: (run: RunScript) => Promise<void> = async () => {},
    /** What Redis calls the connection. */
    name = 'keywright',
  ) {
    this.client = createClient({
      url,
      name,
      // What cannot be sent at once fails at once: the caller is told, instead of being served after it gave up.
      disableOfflineQueue: true,
      // Also one that dies before it is ready.
      socket: { connectTimeout: patience.connect, socketTimeout: patience.silence, reconnectStrategy: (attempts) => Math.min(attempts * 50, patience.retry) },
    });
    // Redis may have been started anew since.
    this.client.on('ready', () => {
      this.made++;
      this.preparing = undefined;
      this.trouble = undefined;
      this.clock.follow();
    });
    this.client.on('error', (error: unknown) => {
      this.trouble = error;
    });
  }

  /** Runs a script. What is before every key is also its first value, for the keys that it makes up itself. */
  run(script: Script, keys: readonly string[] = [], values: readonly (string | number)[] = []): Promise<Reply> {
    return this.inTime(async (until) => {
      await this.prepared();
      return this.send(until, script, keys, values);
    });
  }

  /** Prepares the connection once more: when this resolves Redis has been told all that there was to tell. */
  prepareAgain(): Promise<void> {
    return this.inTime(async () => {
      await this.prepared();
      await this.prepare(this.overThisOne());
    });
  }

  private prepared(): Promise<void> {
    if (this.preparing) return this.preparing;
    const preparing = this.clock
      .read()
      .then(() => this.prepare(this.overThisOne()))
      .catch((error: unknown) => {
        // By now a later connection may be prepared.
        if (this.preparing === preparing) this.preparing = undefined;
        throw error;
      });
    this.preparing = preparing;
    return preparing;
  }

  /** Once for all who find it emptied at the same time. */
  private tellAnew(): Promise<void> {
    this.tellingAnew ??= this.prepare(this.overThisOne()).finally(() => {
      this.tellingAnew = undefined;
    });
    return this.tellingAnew;
  }

  /** Over the connection that there is now, and no other: behind a later one Redis may have lost what was told over this one, and is prepared from the beginning. */
  private overThisOne(): RunScript {
    const { made } = this;
    return async (...sent) => {
      if (this.made !== made) throw new StorageUnavailable(new Error('the connection was lost meanwhile'));
      return this.send(performance.now() + patience.deed, ...sent);
    };
  }

  /** `until`: a moment of `performance.now()`, from which on nobody waits for it. */
  private async send(until: number, script: Script, keys: readonly string[] = [], values: readonly (string | number)[] = []): Promise<Reply> {
    try {
      return await this.sendOnce(until, script, keys, values);
    } catch (error) {
      const late = says(error, 'LATE');
      if (!(late || says(error, 'UNTOLD')) || performance.now() >= until) throw refusalOf(error);
      // The clock of Redis was set, or what it last said of it was long on its way; or Redis was emptied meanwhile.
      await (late ? this.clock.read() : this.tellAnew());
    }
    return this.sendOnce(until, script, keys, values).catch((error: unknown) => Promise.reject(refusalOf(error)));
  }

  private async sendOnce(until: number, { source, sha1, awaited }: Script, keys: readonly string[], values: readonly (string | number)[]): Promise<Reply> {
    const deadline = awaited ? [this.clock.at(until)] : [];
    const options = { keys: keys.map((key) => this.prefix + key), arguments: [this.prefix, ...[...deadline, ...values].map(String)] };
    try {
      return (await this.client.evalSha(sha1, options)) as Reply;
    } catch (error) {
      if (!says(error, 'NOSCRIPT')) throw error;
      return (await this.client.eval(source, options)) as Reply;
    }
  }

  /** Nothing comes back over this connection: what waits for an answer fails, and who asks next makes another. The library's own `socketTimeout` is put off by whatever is sent. */
  private giveUp(): void {
    this.clock.leave();
    if (this.client.isOpen) this.client.destroy();
  }

  /** Milliseconds since 1970 by the clock of Redis. */
  private async time(): Promise<number> {
    const [seconds, microseconds] = await this.client.time();
    return Number(seconds) * 1000 + Number(microseconds) / 1000;
  }

  /** `INFO` as Redis tells it (redis.io/commands/info), by name. */
  async info(): Promise<ReadonlyMap<string, string>> {
    const lines = (await this.inTime(() => this.client.info())).split('\r\n').filter((line) => line.includes(':'));
    return new Map(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]));
  }

  /** What other connections are called. */
  async names(): Promise<readonly string[]> {
    return (await this.inTime(() => this.client.clientList())).map(({ name }) => name);
  }

  async close(): Promise<void> {
    this.giveUp();
  }

  /** Throws `StorageUnavailable` when Redis cannot be reached or does not answer in time. */
  private inTime<Answer>(command: (until: number) => Promise<Answer>): Promise<Answer> {
    const until = performance.now() + patience.deed;
    return inTime(async () => {
      await this.connected(until);
      return command(until);
    }, redisUnavailabilityOf);
  }

  private async connected(until: number): Promise<void> {
    if (this.client.isReady) return;
    if (!this.client.isOpen) this.connecting = this.client.connect().finally(() => (this.connecting = undefined));
    // One that was lost is not waited for.
    if (this.connecting) await Promise.race([this.connecting, pause(until - performance.now(), undefined, { ref: false })]);
    // Whatever Redis answered to whom it did not let in: no command was at fault.
    if (!this.client.isReady) throw new StorageUnavailable(this.trouble ?? new Error('no connection in time'));
  }
}

function says(error: unknown, code: string): boolean {
  return error instanceof Error && error.message.startsWith(code);
}

/** What a script says of a store that has moved, as the ports say it. */
function refusalOf(error: unknown): unknown {
  return says(error, 'GONE') ? new StoreMoved() : error;
}
