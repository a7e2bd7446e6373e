import type { GrantFilter } from '../../application/ports/grant-repository.js';
import { isUuid } from '../../domain/is-uuid.js';
import { Prisma } from './generated/client.js';
import { isText } from './keys.js';

/** Whether there may be something of theirs: the database can hold such keys. */
export function mayMatch(of: GrantFilter): boolean {
  return (!('userId' in of) || isUuid(of.userId)) && (!('clientId' in of) || isText(of.clientId));
}

/** For tables that call a person `user_id` and a client `client_id`. */
export function conditionOf(of: GrantFilter): Prisma.Sql {
  const conditions = [
    ...('userId' in of ? [Prisma.sql`user_id = ${of.userId}::uuid`] : []),
    ...('clientId' in of ? [Prisma.sql`client_id = ${of.clientId}::text`] : []),
  ];
  return Prisma.join(conditions, ' AND ');
}
