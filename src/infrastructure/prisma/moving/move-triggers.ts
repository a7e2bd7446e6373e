import type { ClientBase } from 'pg';
import { sqlStateOf, sqlStates } from '../sql-states.js';
import type { MovedTable } from './moved-table.js';

/** Milliseconds that everybody else waits at most while a trigger is made: after that it is tried again. */
const patience = 500;
const attempts = 60;

/** From now on every change of `noted` is noted, and after the move one of `refused` is refused. Writers wait for a moment, table by table. */
export async function addTriggers(database: ClientBase, noted: readonly MovedTable[], refused: readonly MovedTable[]): Promise<void> {
  for (const table of refused) {
    const columns = table.key.map(({ column }) => `'${column}'`).join(', ');
    const note = `AFTER INSERT OR UPDATE OR DELETE ON "${table.name}" FOR EACH ROW EXECUTE FUNCTION keywright_note_change(${columns})`;
    const refuse = `BEFORE INSERT OR UPDATE OR DELETE ON "${table.name}" FOR EACH STATEMENT EXECUTE FUNCTION keywright_refuse_moved()`;
    await patiently(database, [
      ...(noted.includes(table) ? [`CREATE OR REPLACE TRIGGER keywright_moving ${note}`] : []),
      `CREATE OR REPLACE TRIGGER keywright_moved ${refuse}`,
    ]);
  }
}

export async function dropTriggers(database: ClientBase, tables: readonly MovedTable[]): Promise<void> {
  for (const { name } of tables)
    await patiently(database, [`DROP TRIGGER IF EXISTS keywright_moving ON "${name}"`, `DROP TRIGGER IF EXISTS keywright_moved ON "${name}"`]);
}

async function patiently(database: ClientBase, statements: readonly string[]): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await database.query(`BEGIN; SET LOCAL lock_timeout = ${patience}; ${statements.join('; ')}; COMMIT`);
      return;
    } catch (error) {
      await database.query('ROLLBACK');
      if (sqlStateOf(error) !== sqlStates.lockNotAvailable || attempt === attempts) throw error;
    }
  }
}
