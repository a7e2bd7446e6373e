import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@redis/client';
import { RedisConnection } from '../../src/infrastructure/redis/redis-connection.js';
import { isInstalled, startProgram, untilAnswered } from './server-program.js';

const redisServer = '/usr/bin/redis-server';
export const hasRedis = isInstalled(redisServer);

export interface TestRedis {
  readonly url: string;
  /** Stops its process where it is (SIGSTOP): it hangs, and what is sent to it waits; answers how to let it go on. */
  freeze(): Promise<() => void>;
  /** Ends the server and removes what it kept. */
  stop(): Promise<void>;
}

/** A Redis of its own on a socket of its own. `settings` as on its command line; it keeps nothing on disk unless they say so. */
export async function startRedis(settings: readonly string[] = ['--save', '', '--appendonly', 'no'], folder?: string): Promise<TestRedis> {
  const home = folder ?? (await mkdtemp(join(tmpdir(), 'keywright-redis-')));
  const socket = join(home, 'redis.sock');
  const server = startProgram(redisServer, ['--port', '0', '--unixsocket', socket, '--dir', home, ...settings], folder === undefined ? home : null);
  const url = `unix://${socket}`;
  await answering(url);
  return { url, stop: server.stop, freeze: () => frozen(url) };
}

async function frozen(url: string): Promise<() => void> {
  const connection = new RedisConnection(url, '');
  const pid = Number((await connection.info().finally(() => connection.close())).get('process_id'));
  process.kill(pid, 'SIGSTOP');
  return () => void process.kill(pid, 'SIGCONT');
}

function answering(url: string): Promise<void> {
  return untilAnswered('redis-server', async () => {
    const connection = new RedisConnection(url, '');
    await connection.info().finally(() => connection.close());
  });
}

/** Milliseconds for which a key is kept, whatever stands before it included; -1: for ever, -2: it is not there. */
export async function timeToLive(redisUrl: string, key: string): Promise<number> {
  const client = await createClient({ url: redisUrl }).connect();
  return client.pTTL(key).finally(() => client.destroy());
}

/** Lowers each score of a sorted set. */
export async function lowerScores(redisUrl: string, key: string, by: number): Promise<void> {
  const client = await createClient({ url: redisUrl }).connect();
  try {
    for (const member of await client.zRange(key, 0, -1)) await client.zIncrBy(key, -by, member);
  } finally {
    client.destroy();
  }
}

let shared: Promise<TestRedis> | undefined;

/** Keys that nobody else uses, on a server that lives as long as this process. */
export async function redisSpace(): Promise<{ redisUrl: string; keyPrefix: string }> {
  shared ??= startRedis();
  return { redisUrl: (await shared).url, keyPrefix: `${randomBytes(8).toString('hex')}:` };
}
