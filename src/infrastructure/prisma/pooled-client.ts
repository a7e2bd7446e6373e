import pg from 'pg';
import { type Parsing, together } from './wire.js';

declare module 'pg' {
  interface Client {
    /** What the server is told when a connection begins. */
    getStartupConf(): Record<string, string>;
    /** Hands the end of a statement to whoever asked for it. */
    _handleCommandComplete(message: unknown): void;
  }
}

/** What begins and ends transactions is said alone: it sets nothing itself, and in one that has failed nothing else is heard. */
const ofTransactions = /^(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)\b/;

/**
 * Connections through a pooler, in UTC. The time zone is a parameter of its own: PgBouncer keeps it for whoever connected, and refuses it among `options`. Nothing else
 * that a session is told stays with whoever told it, so `before` goes before every statement, whoever sends it, in one message with it. It must answer no row.
 */
export function pooledClient(before: string): typeof pg.Client {
  return class PooledClient extends pg.Client {
    private isBeforeUnderWay = false;

    constructor(config?: string | pg.ClientConfig) {
      super(config);
      const { connection } = this;
      const parse: (statement: Parsing) => void = connection.parse.bind(connection);
      const query = connection.query.bind(connection);
      connection.parse = (statement: Parsing) => {
        this.isBeforeUnderWay = true;
        parse({ text: before });
        connection.bind({ statement: '', values: [] });
        connection.execute();
        parse(statement);
      };
      connection.query = (text) => {
        this.isBeforeUnderWay = false;
        if (ofTransactions.test(text)) return query(text);
        together(connection, () => {
          connection.parse({ text });
          connection.bind({ statement: '', values: [] });
          connection.describe({ type: 'P' });
          connection.execute();
          connection.sync();
        });
      };
    }

    override getStartupConf(): Record<string, string> {
      return { ...super.getStartupConf(), TimeZone: 'UTC' };
    }

    override _handleCommandComplete(message: unknown): void {
      if (this.isBeforeUnderWay) this.isBeforeUnderWay = false;
      else super._handleCommandComplete(message);
    }
  };
}
