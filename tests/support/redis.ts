import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RedisConnection } from '../../src/infrastructure/redis/redis-connection.js';
import { isInstalled, startProgram, untilAnswered } from './server-program.js';

const redisServer = '/usr/bin/redis-server';
export const hasRedis = isInstalled(redisServer);

export interface TestRedis {
  readonly url: string;
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
  return { url, stop: server.stop };
}

function answering(url: string): Promise<void> {
  return untilAnswered('redis-server', async () => {
    const connection = new RedisConnection(url, '');
    await connection.info().finally(() => connection.close());
  });
}

let shared: Promise<TestRedis> | undefined;

/** Keys that nobody else uses, on a server that lives as long as this process. */
export async function redisSpace(): Promise<{ redisUrl: string; keyPrefix: string }> {
  shared ??= startRedis();
  return { redisUrl: (await shared).url, keyPrefix: `${randomBytes(8).toString('hex')}:` };
}
