import { once } from 'node:events';
import { createServer } from 'node:net';

/** The preferred port of 127.0.0.1 if it is free, else any that is. It may be taken a moment later. */
export async function freePort(preferred: number): Promise<number> {
  return (await bound(preferred)) ?? (await bound(0)) ?? 0;
}

async function bound(port: number): Promise<number | null> {
  const server = createServer();
  try {
    await once(server.listen({ port, host: '127.0.0.1', exclusive: true }), 'listening');
  } catch {
    return null;
  }
  const address = server.address();
  await once(server.close(), 'close');
  return typeof address === 'object' && address !== null ? address.port : null;
}
