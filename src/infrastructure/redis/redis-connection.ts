import { createHash } from 'node:crypto';
import { createClient, type RedisClientType } from '@redis/client';
import { StoreMoved } from '../../application/ports/store-moved.js';
import { inTime } from '../answering-in-time.js';
import { redisUnavailabilityOf } from './redis-unavailability.js';

/** A program that Redis runs as one step: nothing else happens there meanwhile. */
export interface Script {
  readonly source: string;
  readonly sha1: string;
}

export function script(source: string): Script {
  return { source, sha1: createHash('sha1').update(source).digest('hex') };
}

export type Reply = string | number | null | readonly Reply[];

/** Runs a script with keys and values. */
export type RunScript = (script: Script, keys?: readonly string[], values?: readonly (string | number)[]) => Promise<Reply>;

/** Milliseconds: how long to wait for a connection, and between two attempts at most. */
const patience = { connect: 2000, retry: 1000 };

/** One connection, over which everything is pipelined. It connects when it is first used, and again by itself whenever it was lost. */
export class RedisConnection {
  private readonly client: RedisClientType;
  private connecting: Promise<unknown> | undefined;
  private preparing: Promise<void> | undefined;

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
      socket: { connectTimeout: patience.connect, reconnectStrategy: (attempts) => Math.min(attempts * 50, patience.retry) },
    });
    // Redis may have been started anew since.
    this.client.on('ready', () => (this.preparing = undefined));
    // Every caller hears of it by the command that fails.
    this.client.on('error', () => {});
  }

  /** Runs a script. What is before every key is also its first value, for the keys that it makes up itself. */
  run(script: Script, keys: readonly string[] = [], values: readonly (string | number)[] = []): Promise<Reply> {
    return this.inTime(async () => {
      await this.prepared();
      return this.send(script, keys, values);
    });
  }

  /** Prepares the connection again, if there is one. */
  async prepareAgain(): Promise<void> {
    if (this.client.isReady) await this.prepare((...sent) => this.send(...sent));
  }

  private prepared(): Promise<void> {
    this.preparing ??= this.prepare((...sent) => this.send(...sent)).catch((error: unknown) => {
      this.preparing = undefined;
      throw error;
    });
    return this.preparing;
  }

  private async send({ source, sha1 }: Script, keys: readonly string[] = [], values: readonly (string | number)[] = []): Promise<Reply> {
    const options = { keys: keys.map((key) => this.prefix + key), arguments: [this.prefix, ...values.map(String)] };
    try {
      return (await this.client.evalSha(sha1, options)) as Reply;
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw refusalOf(error);
      return (await this.client.eval(source, options).catch((again: unknown) => Promise.reject(refusalOf(again)))) as Reply;
    }
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
    if (this.client.isOpen) this.client.destroy();
  }

  /** Throws `StorageUnavailable` when Redis cannot be reached or does not answer in time. */
  private inTime<Answer>(command: () => Promise<Answer>): Promise<Answer> {
    return inTime(async () => {
      await this.connected();
      return command();
    }, redisUnavailabilityOf);
  }

  private async connected(): Promise<void> {
    if (this.client.isReady) return;
    if (!this.client.isOpen) this.connecting = this.client.connect().finally(() => (this.connecting = undefined));
    await this.connecting;
  }
}

/** What a script says of a store that has moved, as the ports say it. */
function refusalOf(error: unknown): unknown {
  return error instanceof Error && error.message.startsWith('GONE') ? new StoreMoved() : error;
}
