import type pg from 'pg';
import { Patience } from '../../patience.js';
import type { Answered, StatementQuery } from '../statement-query.js';
import { runOn } from '../statements.js';

interface Held {
  readonly connection: pg.PoolClient;
  /** While nothing is under way on it. */
  idle: ReturnType<Patience['begin']> | null;
}

/**
 * Connections that are kept from one statement to the next. Given back to the driver's pool and asked for again, each statement would make two timers, six
 * closures and four changes of listeners. What failed in any way, and what was idle for `idleTime` milliseconds, is closed.
 */
export class HeldConnections {
  private readonly patience: Patience;
  /** The one used last is used next, so that those that are too many become idle. */
  private readonly free: Held[] = [];
  private isClosing = false;

  constructor(
    private readonly connections: pg.Pool,
    idleTime: number,
  ) {
    this.patience = new Patience(idleTime);
  }

  run(query: StatementQuery, answered: Answered): void {
    const held = this.free.pop();
    if (held) this.send(held, query, answered);
    else this.connect(query, answered);
  }

  /** What is under way comes to its end. */
  async close(): Promise<void> {
    this.isClosing = true;
    for (const held of [...this.free]) this.drop(held);
    await this.connections.end();
  }

  private connect(query: StatementQuery, answered: Answered): void {
    this.connections.connect((error, connection) => {
      if (!connection) return answered(error ?? new Error('no connection'));
      const held: Held = { connection, idle: null };
      // Lost: what was under way on it is told so by the driver. It may be lost again while it is closed.
      connection.on('error', () => {
        if (held.idle) this.drop(held);
      });
      this.send(held, query, answered);
    });
  }

  private send(held: Held, query: StatementQuery, answered: Answered): void {
    this.endIdling(held);
    runOn(held.connection, query, (error, rows) => {
      if (error || this.isClosing) held.connection.release(true);
      else {
        held.idle = this.patience.begin(() => this.drop(held));
        this.free.push(held);
      }
      answered(error, rows);
    });
  }

  private drop(held: Held): void {
    this.free.splice(this.free.indexOf(held), 1);
    this.endIdling(held);
    held.connection.release(true);
  }

  private endIdling(held: Held): void {
    if (held.idle) this.patience.end(held.idle);
    held.idle = null;
  }
}
