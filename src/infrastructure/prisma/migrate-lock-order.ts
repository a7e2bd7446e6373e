import type { Client } from 'pg';
import type { LockWait } from './migrate-lock-watch.js';

/** The mode of a vacuum, which goes together with reading and writing. */
const ofVacuums = 'ShareUpdateExclusiveLock';

/**
 * What the tries of a migration learn of the tables that it changes: those for which they waited, and the order in which the next one takes them, before its
 * script does. Where requests take two tables in another order than the script, a try that begins with the one for which the last waited gets both.
 */
export class LockOrder {
  private readonly waitedFor = new Set<string>();
  /** The last one first: each in the mode in which it was waited for. */
  private first: readonly { readonly table: string; readonly mode: string }[] = [];

  /** A try was given up while it waited so. Where that was for no table, a row for instance, the order did not help, and the next try goes by that of the script. */
  gaveUp(wait: LockWait | undefined): void {
    if (!wait?.table) {
      this.first = [];
      return;
    }
    const { table, mode } = wait;
    this.waitedFor.add(table);
    if (mode !== ofVacuums) this.first = [{ table, mode }, ...this.first.filter((one) => one.table !== table)];
  }

  /**
   * An autovacuum gives way to who has waited for a table for as long as `deadlock_timeout`. That is too long for requests to wait behind, so it is waited in the mode
   * of a vacuum, and none begins until the transaction ends.
   */
  async pushVacuumsAside(client: Client): Promise<void> {
    const names = await changeable(client, [...this.waitedFor]);
    if (names.length === 0) return;
    await client.query("SELECT pg_catalog.set_config('lock_timeout', (setting::integer + 1000)::text, true) FROM pg_settings WHERE name = 'deadlock_timeout'");
    await client.query(`LOCK TABLE ${names.map((name) => `ONLY ${name}`).join(', ')} IN SHARE UPDATE EXCLUSIVE MODE`);
  }

  async take(client: Client): Promise<void> {
    for (const { table, mode } of this.first)
      for (const name of await changeable(client, [table])) await client.query(`LOCK TABLE ONLY ${name} IN ${inWords(mode)} MODE`);
  }
}

/** The names of those of these tables, by oid, that are there and that the role may lock. */
async function changeable(client: Client, tables: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT oid::regclass::text AS name FROM pg_class WHERE oid = ANY ($1::oid[]) AND relkind IN ('r', 'p') AND pg_catalog.pg_has_role(relowner, 'USAGE')",
    [tables],
  );
  return rows.map(({ name }) => name);
}

/** `AccessExclusiveLock` is ACCESS EXCLUSIVE in SQL. */
function inWords(mode: string): string {
  return mode.replace(/Lock$/, '').replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ');
}
