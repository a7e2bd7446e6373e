import { DatabaseError } from 'pg';

/** Conditions of PostgreSQL that something here depends on, by their names in its manual (appendix A). */
export const sqlStates = {
  protocolViolation: '08P01',
  activeSqlTransaction: '25001',
  readOnlySqlTransaction: '25006',
  foreignKeyViolation: '23503',
  uniqueViolation: '23505',
  checkViolation: '23514',
  invalidAuthorizationSpecification: '28000',
  invalidPassword: '28P01',
  invalidTransactionTermination: '2D000',
  serializationFailure: '40001',
  deadlockDetected: '40P01',
  insufficientPrivilege: '42501',
  undefinedTable: '42P01',
  duplicateDatabase: '42P04',
  diskFull: '53100',
  outOfMemory: '53200',
  tooManyConnections: '53300',
  lockNotAvailable: '55P03',
  cannotConnectNow: '57P03',
  internalError: 'XX000',
} as const;

/** The SQLSTATE of an error that PostgreSQL answered with; `''` for any other. */
export function sqlStateOf(error: unknown): string {
  return error instanceof DatabaseError ? (error.code ?? '') : '';
}
