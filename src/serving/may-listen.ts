import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Config } from '../config.js';
import { listening } from './cannot-listen.js';

/**
 * Throws `CannotListen` where the server could not listen. Asked before anything is made that is shown only once: a password that was
 * made by a start that then fails, nobody would ever have read.
 */
export async function mayListen({ port, host }: Pick<Config, 'port' | 'host'>): Promise<void> {
  const probe = createServer().listen({ port, host });
  await listening('', once(probe, 'listening'));
  probe.close();
  await once(probe, 'close');
}
