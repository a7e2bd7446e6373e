import pg from 'pg';

declare module 'pg' {
  interface Client {
    /** What the server is told when a connection begins. */
    getStartupConf(): Record<string, string>;
  }
}

/** A connection through a pooler, in UTC. The time zone is a parameter of its own: PgBouncer keeps it for whoever connected, and refuses it among `options`. */
export class PooledClient extends pg.Client {
  override getStartupConf(): Record<string, string> {
    return { ...super.getStartupConf(), TimeZone: 'UTC' };
  }
}
