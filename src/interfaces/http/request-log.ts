import type { FastifyBaseLogger } from 'fastify';

type ChildOf = Parameters<FastifyBaseLogger['child']>;
/** As of any of the verbs of a logger. */
type Line = Parameters<FastifyBaseLogger['info']>;

/**
 * The log of one request, which names it in every line. Most requests write none, and making a logger costs some 4 microseconds (ADR 0023):
 * it is made when a verb of it is first called.
 */
export class RequestLog implements FastifyBaseLogger {
  private made: FastifyBaseLogger | undefined;

  constructor(
    private readonly server: FastifyBaseLogger,
    private readonly of: ChildOf,
  ) {}

  get level(): FastifyBaseLogger['level'] {
    return this.of[1]?.level ?? this.server.level;
  }

  child(...of: ChildOf): FastifyBaseLogger {
    return this.log.child(...of);
  }

  fatal(...line: Line): void {
    this.log.fatal(...line);
  }

  error(...line: Line): void {
    this.log.error(...line);
  }

  warn(...line: Line): void {
    this.log.warn(...line);
  }

  info(...line: Line): void {
    this.log.info(...line);
  }

  debug(...line: Line): void {
    this.log.debug(...line);
  }

  trace(...line: Line): void {
    this.log.trace(...line);
  }

  silent(...line: Line): void {
    this.log.silent(...line);
  }

  private get log(): FastifyBaseLogger {
    this.made ??= this.server.child(...this.of);
    return this.made;
  }
}
