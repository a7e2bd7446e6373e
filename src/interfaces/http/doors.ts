import { type RequestListener, Server } from 'node:http';

/** Milliseconds, as Fastify is given them. */
interface Times {
  readonly connectionTimeout?: number;
  readonly requestTimeout?: number;
  readonly keepAliveTimeout?: number;
}

/**
 * What a server listens with, for one that leaves while others go on serving its port. Closing it at once would end connections that are idle just now, and a
 * request that is on its way on one of them would fail; RFC 9112 §9.6 has the way out: the answer says `Connection: close`, and the client opens another.
 */
export class Doors {
  private readonly doors: Door[] = [];

  /** A Fastify `serverFactory`: it asks once for each address that `localhost` has. */
  readonly open = (handler: RequestListener, { connectionTimeout = 0, requestTimeout = 0, keepAliveTimeout = 0 }: Times): Server => {
    const door = Object.assign(new Door(handler), { requestTimeout, keepAliveTimeout });
    door.setTimeout(connectionTimeout);
    this.doors.push(door);
    return door;
  };

  /** Lets nobody new in and ends each open connection with its next answer. Resolves when all have ended, or when `enough` does. */
  async leave(enough: Promise<unknown>): Promise<void> {
    await Promise.race([enough, Promise.all(this.doors.map((door) => door.leave()))]);
    for (const door of this.doors) door.leaving = false;
  }

  /** As those of a server, over all of them. */
  closeIdleConnections(): void {
    for (const door of this.doors) door.closeIdleConnections();
  }

  closeAllConnections(): void {
    for (const door of this.doors) door.closeAllConnections();
  }
}

class Door extends Server {
  leaving = false;

  leave(): Promise<void> {
    this.leaving = true;
    this.prependListener('request', (_request, response) => response.setHeader('connection', 'close'));
    return new Promise((resolve) => this.close(() => resolve()));
  }

  /** Closing a server ends its idle connections at once, by this method; not while it leaves. */
  override closeIdleConnections(): void {
    if (!this.leaving) super.closeIdleConnections();
  }
}
