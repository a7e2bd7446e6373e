import { sqlName } from './sql-name.js';

/** The address without the password, for messages. */
export function addressOf(databaseUrl: string): string {
  const { host, pathname } = new URL(databaseUrl);
  return `${host}${pathname}`;
}

/**
 * The address with options of its sessions, as PostgreSQL's command line has them, after those that stand in it; of several the driver takes the last. Not beside it:
 * what stands in an address wins over what stands beside it.
 */
export function withOptions(databaseUrl: string, options: string): string {
  const url = new URL(databaseUrl);
  const given = url.searchParams.getAll('options').at(-1);
  url.searchParams.set('options', given === undefined ? options : `${given} ${options}`);
  return url.href;
}

/** The address whose sessions stay in a schema, whatever the search path of the role comes to lead to; without one as it is. Not for a pooler, which refuses options. */
export function inSchema(databaseUrl: string, schema: string | undefined): string {
  if (schema === undefined) return databaseUrl;
  return withOptions(databaseUrl, `-c search_path=${sqlName(schema).replaceAll(/[\\\s]/g, '\\$&')}`);
}
