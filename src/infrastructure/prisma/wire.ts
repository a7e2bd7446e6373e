import type { Connection } from 'pg';

/** What the driver's connection has, and its types do not tell, or tell otherwise. */
export interface Wire {
  readonly parsedStatements: Record<string, string | undefined>;
  /** A statement by itself, without parameters. */
  query(text: string): void;
  parse(statement: { readonly name?: string; readonly text: string }): void;
  bind(statement: { readonly statement: string; readonly values: readonly unknown[] }): void;
  describe(what: { readonly type: 'P' }): void;
  execute(): void;
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
