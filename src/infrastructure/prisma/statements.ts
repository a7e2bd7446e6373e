import pg from 'pg';

/** Runs a statement; `name` tells it from the others, so that a connection prepares it once. */
export interface Statements {
  query<Row extends object>(name: string, text: string, values: readonly unknown[]): Promise<Row[]>;
}

export interface StatementPool extends Statements {
  /** The connections themselves, for whoever speaks to the database by other means as well. */
  readonly connections: pg.Pool;
  close(): Promise<void>;
}

/** Connections that speak to PostgreSQL directly: the same statement through Prisma costs this process two to three times as much (see ADR 0023). */
export function openStatementPool(settings: pg.PoolConfig, prepares: boolean): StatementPool {
  const connections = new pg.Pool(settings);
  // A connection that is lost while it is idle: the pool opens another one when it is needed.
  connections.on('error', () => {});
  let closing: Promise<void> | undefined;
  return {
    connections,
    async query<Row extends object>(name: string, text: string, values: readonly unknown[]) {
      const { rows } = await connections.query<Row>({ text, values: values as unknown[], ...(prepares && { name: `keywright_${name}` }) });
      return rows;
    },
    close: () => {
      closing ??= connections.end();
      return closing;
    },
  };
}
