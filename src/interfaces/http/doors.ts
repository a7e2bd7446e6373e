import { type RequestListener, Server } from 'node:http';

/** Milliseconds, as Fastify is given them. */
interface Times {
  readonly connectionTimeout?: number;
  readonly requestTimeout?: number;
  readonly keepAliveTimeout?: number;
}

/** Milliseconds between two looks at which connections have become idle, once those are ended. */
const sweepPause = 100;

/**
 * What a server listens with, so that it can leave. Closing it at once would end connections that are idle just now, and a
 * request that is on its way on one of them would fail; RFC 9112 §9.6 has the way out: the answer says `Connection: close`, and the client opens another.
 */
export class Doors {
  private readonly doors: Door[] = [];
  private leaving: Promise<unknown> | undefined;

  /** A Fastify `serverFactory`: it asks once for each address that `localhost` has. */
  readonly open = (handler: RequestListener, { connectionTimeout = 0, requestTimeout = 0, keepAliveTimeout = 0 }: Times): Server => {
    const door = Object.assign(new Door(handler), { requestTimeout, keepAliveTimeout });
    door.setTimeout(connectionTimeout);
    this.doors.push(door);
    return door;
  };

  /** Lets nobody new in and ends each open connection with its next answer. Resolves when all have ended, or when `enough` does. */
  async leave(enough: Promise<unknown>): Promise<void> {
    this.leaving ??= Promise.all(this.doors.map((door) => door.leave()));
    await Promise.race([enough, this.leaving]);
  }

  /** After `leave`: ends connections as soon as they are idle, and all that are left when `enough` resolves. Resolves when all have ended. */
  async close(enough: Promise<unknown>): Promise<void> {
    for (const door of this.doors) door.sparesIdle = false;
    // A connection whose request was under way is idle after its answer, and its client might keep it open for long.
    const sweep = setInterval(() => this.closeIdleConnections(), sweepPause).unref();
    void enough.then(() => this.closeAllConnections());
    this.closeIdleConnections();
    await this.leaving;
    clearInterval(sweep);
  }

  private closeIdleConnections(): void {
    for (const door of this.doors) door.closeIdleConnections();
  }

  private closeAllConnections(): void {
    for (const door of this.doors) door.closeAllConnections();
  }
}

class Door extends Server {
  sparesIdle = false;

  leave(): Promise<void> {
    this.sparesIdle = true;
    this.prependListener('request', (_request, response) => response.setHeader('connection', 'close'));
    return new Promise((resolve) => this.close(() => resolve()));
  }

  /** Closing a server ends its idle connections at once, by this method; not while it leaves. */
  override closeIdleConnections(): void {
    if (!this.sparesIdle) super.closeIdleConnections();
  }
}
