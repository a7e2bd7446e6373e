import { addressOf } from '../database-address.js';
import { MigrationError } from '../migrate-error.js';
import type { DatabaseFacts } from './database-facts.js';

/** `named`: the schema that the address names (`?schema=`), as addresses for Prisma do. */
type Seen = DatabaseFacts & { readonly named: string | null };

/** What keeps a database from being used, and what an operator is told: `reason` goes on after "the database at …". */
interface DatabaseFault {
  when(seen: Seen): boolean;
  reason(seen: Seen): string;
  advice(seen: Seen): string;
}

/** In the order in which they are told, one at a time. */
const faults: readonly DatabaseFault[] = [
  {
    when: ({ schema }) => schema === null,
    reason: ({ role, searchPath }) => `has no schema for the role ${role}, whose search_path is ${searchPath}`,
    advice: ({ role }) => `make one (CREATE SCHEMA … AUTHORIZATION ${role}), or lead to one that is there (ALTER ROLE ${role} SET search_path = …)`,
  },
  {
    when: ({ named, schema }) => named !== null && named !== schema,
    reason: ({ role, schema, named }) => `is to be used in the schema ${named}, says its address, and the search_path of the role ${role} leads to ${schema}`,
    advice: ({ role, named }) => `ALTER ROLE ${role} SET search_path = "${named}", or leave ?schema= out`,
  },
  {
    when: ({ tablesIn, schema }) => tablesIn !== null && tablesIn !== schema,
    reason: ({ role, schema, tablesIn }) => `has the tables in the schema ${tablesIn}, and the search_path of the role ${role} leads to ${schema} first`,
    advice: ({ role, tablesIn }) => `ALTER ROLE ${role} SET search_path = "${tablesIn}"`,
  },
];

/** Throws `MigrationError` when the database at an address cannot be used as it is. */
export function refuseUnfit(facts: DatabaseFacts, databaseUrl: string): void {
  const seen = { ...facts, named: new URL(databaseUrl).searchParams.get('schema') };
  const fault = faults.find(({ when }) => when(seen));
  if (fault) throw new MigrationError(`the database at ${addressOf(databaseUrl)} ${fault.reason(seen)}`, fault.advice(seen));
}
