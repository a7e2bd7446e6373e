import pg from 'pg';
import { type Answered, StatementQuery, type StatementValue } from './statement-query.js';

/** Runs a statement; `name` tells it from the others, so that a connection prepares it once. */
export interface Statements {
  query<Row extends object>(name: string, text: string, values: readonly StatementValue[]): Promise<Row[]>;
}

export interface StatementPool extends Statements {
  /** The connections themselves, for whoever speaks to the database by other means as well. */
  readonly connections: pg.Pool;
  close(): Promise<void>;
}

/** Connections that speak to PostgreSQL directly: the same statement through Prisma costs this process two to three times as much (see ADR 0023). */
export function openStatementPool(settings: pg.PoolConfig, prepares: boolean): StatementPool {
  const connections = new pg.Pool(settings);
  return statementPool(connections, prepares, {
    run: (query, answered) => runOn(connections, query, answered),
    close: () => connections.end(),
  });
}

interface Runner {
  run(query: StatementQuery, answered: Answered): void;
  close(): Promise<void>;
}

export function statementPool(connections: pg.Pool, prepares: boolean, runner: Runner): StatementPool {
  // A connection that is lost while it is idle: the pool opens another one when it is needed.
  connections.on('error', () => {});
  let closing: Promise<void> | undefined;
  return {
    connections,
    query: <Row extends object>(name: string, text: string, values: readonly StatementValue[]) =>
      new Promise<Row[]>((resolve, reject) => {
        const answered = (error: Error | null, rows: object[] = []) => (error ? reject(error) : resolve(rows as Row[]));
        runner.run(new StatementQuery(prepares ? `keywright_${name}` : '', text, values), answered);
      }),
    close: () => {
      closing ??= runner.close();
      return closing;
    },
  };
}

/** On this connection, or any of the pool, whose types know of no callback beside a query of one's own; its `query` takes one. */
export function runOn(connections: pg.Pool | pg.PoolClient, query: StatementQuery, answered: Answered): void {
  const { query: run } = connections as { query(query: StatementQuery, values: undefined, answered: Answered): void };
  run.call(connections, query, undefined, answered);
}
