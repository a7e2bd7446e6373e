import type { Connection } from 'pg';

/** A statement to be parsed. */
export interface Parsing {
  readonly name?: string;
  readonly text: string;
}

declare module 'pg' {
  /** What the driver's connection has besides, or takes otherwise than its types tell. */
  interface Connection {
    readonly parsedStatements: Record<string, string | undefined>;
    parse(statement: Parsing): void;
    bind(statement: { readonly statement: string; readonly values: readonly unknown[] }): void;
    describe(what: { readonly type: 'P' }): void;
    execute(): void;
  }
}

/** Sends what `messages` writes as one piece. */
export function together({ stream }: Pick<Connection, 'stream'>, messages: () => void): void {
  stream.cork();
  try {
    messages();
  } finally {
    stream.uncork();
  }
}
