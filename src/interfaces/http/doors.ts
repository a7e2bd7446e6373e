import { type RequestListener, Server } from 'node:http';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';

/** Milliseconds, as Fastify is given them. */
interface Times {
  readonly connectionTimeout?: number;
  readonly requestTimeout?: number;
  readonly keepAliveTimeout?: number;
}

/** Milliseconds between two looks at which connections have become idle, once those are ended. */
const sweepPause = 100;

/** Milliseconds for which it is waited at most until nobody waits to be let in. */
export const longestWait = 2000;

/** Turns of the event loop in a row that must bring nobody before a door closes. */
const quietTurns = 20;

/** Milliseconds for which those who close a door for us are waited for: more than they wait until nobody waits to be let in. */
const patience = 2 * longestWait;

/**
 * What a server listens with, so that it can leave. Closing it at once would end connections that are idle just now, and a
 * request that is on its way on one of them would fail; RFC 9112 §9.6 has the way out: the answer says `Connection: close`, and the client opens another.
 */
export class Doors {
  private readonly doors: Door[] = [];
  private leaving: Promise<unknown> | undefined;

  /** `heldByPrimary`: this is a worker, whose primary lets people in, sees who waits for that, and closes the doors when nobody does. */
  constructor(private readonly heldByPrimary = false) {}

  /** A Fastify `serverFactory`: it asks once for each address that `localhost` has. */
  readonly open = (handler: RequestListener, { connectionTimeout = 0, requestTimeout = 0, keepAliveTimeout = 0 }: Times): Server => {
    const door = Object.assign(new Door(handler, this.heldByPrimary), { requestTimeout, keepAliveTimeout });
    door.setTimeout(connectionTimeout);
    this.doors.push(door);
    return door;
  };

  /** Lets in who is waiting already, and then nobody; ends each open connection with its next answer. Resolves when all have ended, or when `enough` does. */
  async leave(enough: Promise<unknown>): Promise<void> {
    this.leaving ??= this.end();
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

  private async end(): Promise<unknown> {
    const ended = Promise.all(this.doors.map((door) => door.leave()));
    await (this.heldByPrimary ? Promise.race([ended, pause(patience, undefined, { ref: false })]) : this.nobodyWaits());
    for (const door of this.doors) door.close();
    return ended;
  }

  /**
   * Resolves when nobody waits to be let in, as far as can be told: when a door closes, the operating system resets all who are connected and were not let in yet. Each
   * turn lets in some. Where people never stop coming, it resolves after two seconds.
   */
  private async nobodyWaits(): Promise<void> {
    const began = performance.now();
    for (let [quiet, before] = [0, this.knocks]; quiet < quietTurns && performance.now() - began < longestWait; before = this.knocks) {
      await nextTurn();
      quiet = this.knocks === before ? quiet + 1 : 0;
    }
  }

  private get knocks(): number {
    return this.doors.reduce((sum, door) => sum + door.knocks, 0);
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
  /** Those that were let in since it leaves. */
  knocks = 0;
  private left: Promise<void> | undefined;

  constructor(
    handler: RequestListener,
    private readonly heldByPrimary: boolean,
  ) {
    super(handler);
  }

  /** Ends connections with their next answers from now on. Resolves when it was closed and all have ended. */
  leave(): Promise<void> {
    if (this.left) return this.left;
    this.sparesIdle = true;
    this.prependListener('request', (_request, response) => response.setHeader('connection', 'close'));
    this.on('connection', () => {
      this.knocks += 1;
    });
    this.left = new Promise((resolve) => this.once('close', resolve));
    return this.left;
  }

  override close(done?: (error?: Error) => void): this {
    // By Node.js at the word of the primary, which may come before the worker leaves.
    if (this.heldByPrimary) void this.leave();
    return super.close(done);
  }

  /** Closing a server ends its idle connections at once, by this method; not while it leaves. */
  override closeIdleConnections(): void {
    if (!this.sparesIdle) super.closeIdleConnections();
  }
}
