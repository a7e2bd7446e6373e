import type { Connection } from 'pg';
import { type Field, RowShape } from './row-shape.js';
import { together } from './wire.js';

/** A value of a parameter, as text or bytes; numbers are written as text. */
export type StatementValue = string | number | Uint8Array | null;

export type Answered = (error: Error | null, rows?: object[]) => void;

/** What rows of a connection's prepared statements look like: the same as long as the connection lasts, or PostgreSQL refuses to run them. */
const shapes = new WeakMap<Connection, Map<string, RowShape>>();

/**
 * One run of a statement on a connection of `pg`, in place of the driver's own: a prepared statement is described once for each connection and not with every
 * answer, and rows are read by what is known of them. What it was sent with is let go of when it has been answered.
 *
 * `name`: '' when it is not to be prepared, because the session keeps nothing.
 */
export class StatementQuery {
  /** Set by the client that runs it, which also puts its own in between. */
  callback: Answered | undefined;
  private rows: object[] = [];
  private shape: RowShape | undefined;
  /** A value that could not be read. The connection is asked for all of the answer all the same. */
  private unreadable: Error | undefined;
  /** Whoever waited for it may have given up before it was sent. */
  private failed: Error | undefined;

  constructor(
    readonly name: string,
    readonly text: string,
    private values: readonly StatementValue[],
  ) {}

  submit(connection: Connection): Error | null {
    if (this.failed) return this.failed;
    together(connection, () => {
      if (this.name === '' || connection.parsedStatements[this.name] !== this.text) connection.parse({ name: this.name, text: this.text });
      connection.bind({ statement: this.name, values: this.values.map(written) });
      this.shape = shapes.get(connection)?.get(this.name);
      if (!this.shape) connection.describe({ type: 'P' });
      connection.execute();
      connection.sync();
    });
    return null;
  }

  handleRowDescription({ fields }: { readonly fields: readonly Field[] }): void {
    this.shape = new RowShape(fields);
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    if (!this.shape || this.unreadable) return;
    try {
      this.rows.push(this.shape.row(fields));
    } catch (error) {
      this.unreadable = error as Error;
    }
  }

  handleCommandComplete(_: unknown, connection: Connection): void {
    if (this.name !== '') shapesOf(connection).set(this.name, this.shape ?? new RowShape([]));
  }

  handleReadyForQuery(): void {
    if (this.unreadable) this.answer(this.unreadable);
    else this.answer(null, this.rows);
  }

  handleError(error: Error): void {
    this.failed = error;
    this.answer(error);
  }

  private answer(error: Error | null, rows?: object[]): void {
    const { callback } = this;
    this.callback = undefined;
    this.values = [];
    this.rows = [];
    callback?.(error, rows);
  }
}

function shapesOf(connection: Connection): Map<string, RowShape> {
  const known = shapes.get(connection) ?? new Map<string, RowShape>();
  shapes.set(connection, known);
  return known;
}

function written(value: StatementValue): unknown {
  if (typeof value === 'number') return String(value);
  return value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : value;
}
