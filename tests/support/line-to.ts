import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A line to a server that can be broken and mended. */
export interface Line {
  /** The server, at the end of this line. */
  readonly url: string;
  /** Every connection ends, and new ones are refused: the server is down. */
  break(): Promise<void>;
  /** Connections stay, new ones are accepted, and nothing comes through: the server hangs. */
  stall(): void;
  /** What goes over the connections there are is lost, and they stay; new ones are as good as ever: the way between died without a word. */
  swallow(): void;
  mend(): Promise<void>;
}

/** To a PostgreSQL, or to a Redis on a socket (`unix://`). `overhear` is given everything that is sent towards it, and what it answers arrives as `told` has it. */
export async function lineTo(
  serverUrl: string,
  overhear: (bytes: Buffer) => void = () => undefined,
  told: (bytes: Buffer) => Buffer = (bytes) => bytes,
): Promise<Line> {
  const far = new URL(serverUrl);
  const onSocket = far.protocol === 'unix:';
  const sockets = new Set<Socket>();
  const dead = new WeakSet<Socket>();
  let stalled = false;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    if (stalled) socket.pause();
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  };

  const server: Server = createServer((near) => {
    const onward = onSocket ? connect(far.pathname) : connect(Number(far.port), far.hostname);
    near.on('data', overhear);
    for (const [from, to, passed] of [
      [near, onward, (bytes: Buffer) => bytes],
      [onward, near, told],
    ] as const) {
      keep(from);
      from.on('data', (chunk: Buffer) => dead.has(from) || to.write(passed(chunk))).on('close', () => to.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: onSocket ? `redis://127.0.0.1:${port}` : Object.assign(new URL(serverUrl), { host: `127.0.0.1:${port}` }).href,
    async break() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
    stall() {
      stalled = true;
      for (const socket of sockets) socket.pause();
    },
    swallow() {
      for (const socket of sockets) dead.add(socket);
    },
    async mend() {
      stalled = false;
      for (const socket of sockets) socket.resume();
      if (server.listening) return;
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
  };
}
