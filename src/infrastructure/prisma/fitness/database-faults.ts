import { StorageUnavailable } from '../../../application/ports/storage-unavailable.js';
import { StoreUnfit } from '../../../application/ports/store-unfit.js';
import { addressOf } from '../database-address.js';
import { sqlName } from '../sql-name.js';
import type { DatabaseFacts } from './database-facts.js';
import { dropping, inWords } from './lookalikes.js';

/** What is to be changed over a connection: the tables themselves, or what is in them. */
export type Purpose = 'tables' | 'rows';

/** `named`: the schema that the address names (`?schema=`), as addresses for Prisma do. */
type Seen = DatabaseFacts & { readonly named: string | null; readonly purpose: Purpose };

/** What keeps a database from being used, and what an operator is told: `reason` goes on after "the database at …". */
interface DatabaseFault {
  when(seen: Seen): boolean;
  reason(seen: Seen): string;
  advice(seen: Seen): string;
  /** It may be over without anybody changing what is configured: trying again may help. */
  readonly passing?: true;
}

/** In the order in which they are told, one at a time. */
const faults: readonly DatabaseFault[] = [
  {
    when: ({ encoding }) => encoding !== 'UTF8',
    reason: ({ encoding }) => `keeps text in ${encoding}, and names and addresses are in every script: it must be UTF8`,
    advice: () => "make another: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0",
  },
  {
    when: ({ standby }) => standby,
    reason: () => 'is a standby: it follows another, and can be read and not written',
    advice: () => 'give the address of the primary, or promote this one',
    passing: true,
  },
  {
    when: ({ readOnly }) => readOnly,
    reason: ({ role }) => `lets the role ${role} read and not write: default_transaction_read_only is on`,
    advice: ({ role }) =>
      `find out why it was set (a full disk may be); then ALTER ROLE ${sqlName(role)} RESET default_transaction_read_only, or ALTER DATABASE or ALTER SYSTEM`,
  },
  {
    when: ({ schema }) => schema === null,
    reason: ({ role, searchPath }) => `has no schema for the role ${role}, whose search_path is ${searchPath}`,
    advice: ({ role }) =>
      `make one (CREATE SCHEMA … AUTHORIZATION ${sqlName(role)}), or lead to one that is there (ALTER ROLE ${sqlName(role)} SET search_path = …)`,
  },
  {
    // Prisma writes the name between quotation marks as it is; schemas of PostgreSQL take no tables, or lose them.
    when: ({ schema }) => schema?.includes('"') === true || schema?.startsWith('pg_') === true,
    reason: ({ role, schema }) =>
      `is to be used in the schema ${schema}, to which the search_path of the role ${role} leads, and in which Keywright cannot keep its tables`,
    advice: ({ role }) => `CREATE SCHEMA keywright AUTHORIZATION ${sqlName(role)}; ALTER ROLE ${sqlName(role)} SET search_path = keywright`,
  },
  {
    when: ({ named, schema }) => named !== null && named !== schema,
    reason: ({ role, schema, named }) => `is to be used in the schema ${named}, says its address, and the search_path of the role ${role} leads to ${schema}`,
    advice: ({ role, named }) => `ALTER ROLE ${sqlName(role)} SET search_path = ${sqlName(named)}, or leave ?schema= out`,
  },
  {
    when: ({ tablesIn, schema }) => tablesIn !== null && tablesIn !== schema,
    reason: ({ role, schema, tablesIn }) => `has the tables in the schema ${tablesIn}, and the search_path of the role ${role} leads to ${schema} first`,
    advice: ({ role, tablesIn }) => `ALTER ROLE ${sqlName(role)} SET search_path = ${sqlName(tablesIn)}`,
  },
  {
    when: ({ open }) => open,
    reason: ({ schema }) => `lets whoever may connect make functions in the schema ${schema}, and have them run by this server`,
    advice: ({ schema }) => `REVOKE CREATE ON SCHEMA ${sqlName(schema)} FROM PUBLIC, or let nobody else connect: REVOKE CONNECT ON DATABASE … FROM PUBLIC`,
  },
  {
    // PostgreSQL takes of all schemas that are searched what fits the arguments best. Whoever owns what an extension made can replace it.
    when: ({ lookalikes: [first] }) => typeof first?.extension === 'string',
    reason: ({ role, schema, lookalikes: [lookalike] }) =>
      `has the extension ${lookalike?.extension} in the schema ${schema}, of which the role ${lookalike?.owner}, no superuser, owns what is called as PostgreSQL's own is and would be run as the role ${role}`,
    advice: ({ lookalikes: [lookalike] }) =>
      `as a superuser ALTER EXTENSION ${sqlName(lookalike?.extension)} SET SCHEMA another, or where it cannot be moved: REASSIGN OWNED BY ${sqlName(lookalike?.owner)} TO a superuser, which hands over all that the role owns in the database`,
  },
  {
    when: ({ lookalikes }) => lookalikes.length > 0,
    reason: ({ role, lookalikes }) => `has ${inWords(lookalikes)} and would be run as the role ${role}`,
    advice: ({ lookalikes }) => dropping(lookalikes),
  },
  {
    when: ({ barred }) => barred !== null,
    reason: ({ role, barred }) => `does not let the role ${role} read and write ${barred}`,
    advice: ({ role, schema }) =>
      `connect as the owner of the tables; only behind a pooler it is enough to GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES and USAGE ON ALL SEQUENCES IN SCHEMA ${sqlName(schema)} TO ${sqlName(role)}`,
  },
  {
    when: ({ purpose, others }) => purpose === 'tables' && others !== null,
    reason: ({ role, others }) =>
      `has the table ${others?.table}, which is ${others?.owner}'s and not of the role ${role}: who makes and drops partitions of access tokens must own them`,
    advice: ({ role, others }) =>
      `connect as ${others?.owner}, or where all of its tables are Keywright's: REASSIGN OWNED BY ${sqlName(others?.owner)} TO ${sqlName(role)}`,
  },
  {
    when: ({ purpose, mayCreate }) => purpose === 'tables' && !mayCreate,
    reason: ({ role, schema }) => `does not let the role ${role} make tables in the schema ${schema}`,
    advice: ({ role, schema }) =>
      `GRANT CREATE ON SCHEMA ${sqlName(schema)} TO ${sqlName(role)}, or a schema of its own: CREATE SCHEMA keywright AUTHORIZATION ${sqlName(role)}; ALTER ROLE ${sqlName(role)} SET search_path = keywright`,
  },
];

/** What is so of a database that is not refused. */
type Fit = DatabaseFacts & { readonly schema: string };

/** Throws `StoreUnfit` when the database at an address cannot be used as it is, and `StorageUnavailable` when that may pass. */
export function refuseUnfit(facts: DatabaseFacts, databaseUrl: string, purpose: Purpose): asserts facts is Fit {
  const seen = { ...facts, purpose, named: new URL(databaseUrl).searchParams.get('schema') };
  const fault = faults.find(({ when }) => when(seen));
  if (!fault) return;
  const [reason, advice] = [`the database at ${addressOf(databaseUrl)} ${fault.reason(seen)}`, fault.advice(seen)];
  throw fault.passing ? new StorageUnavailable(undefined, { reason, advice }) : new StoreUnfit(reason, advice);
}
