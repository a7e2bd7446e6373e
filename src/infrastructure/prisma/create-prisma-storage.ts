import type { Storage } from '../../application/ports/storage.js';
import { StorageUnavailable } from '../../application/ports/storage-unavailable.js';
import { closeAll } from '../close-all.js';
import { answeringInTime, inTime } from './answering-in-time.js';
import { hotConnections, openHotPool } from './coalescing/hot-pool.js';
import { coalesced, oneByOne } from './coalescing/lane.js';
import type { LaneTally } from './coalescing/lane-tally.js';
import { Lanes } from './coalescing/lanes.js';
import { applicationName, type ConnectionChoice, connectionSettings } from './connection-settings.js';
import { inSchema } from './database-address.js';
import { PrismaClient } from './generated/client.js';
import { AccessTokenPartitions } from './partitions/access-token-partitions.js';
import { PostgresNotices } from './postgres-notices.js';
import { PrismaAccessTokenRepository } from './prisma-access-token-repository.js';
import { prismaAttemptLimiter } from './prisma-attempt-limiter.js';
import { PrismaAuthorizationCodeRepository } from './prisma-authorization-code-repository.js';
import { PrismaAuthorizationRequestRepository } from './prisma-authorization-request-repository.js';
import { PrismaClientRepository } from './prisma-client-repository.js';
import { PrismaConnectionRepository } from './prisma-connection-repository.js';
import { PrismaConsentRepository } from './prisma-consent-repository.js';
import { prismaExpirables } from './prisma-expirables.js';
import { PrismaGrantRepository } from './prisma-grant-repository.js';
import { PrismaIdempotencyRepository } from './prisma-idempotency-repository.js';
import { PrismaIdentityRepository } from './prisma-identity-repository.js';
import { PrismaPasswordRepository } from './prisma-password-repository.js';
import { PrismaRefreshTokenRepository } from './prisma-refresh-token-repository.js';
import { PrismaResourceServerRepository } from './prisma-resource-server-repository.js';
import { PrismaRevocationRepository } from './prisma-revocation-repository.js';
import { PrismaSessionRepository } from './prisma-session-repository.js';
import { PrismaSigningKeyRepository } from './prisma-signing-key-repository.js';
import { PrismaUpstreamRequestRepository } from './prisma-upstream-request-repository.js';
import { PrismaUsageRepository } from './prisma-usage-repository.js';
import { PrismaUserRepository } from './prisma-user-repository.js';
import { SchemaAdapter } from './schema-adapter.js';
import { statementNames } from './statement-names.js';
import { openStatementPool, type Statements } from './statements.js';
import { tryWriting } from './try-writing.js';

export interface PrismaStorageChoice extends ConnectionChoice {
  /** `false`: every call of a hot verb is a statement of its own. Calls that come together share one when this is left out. */
  readonly coalescing?: boolean;
  /** Seconds that most access tokens live; an hour when left out. */
  readonly accessTokenLifetime?: number | undefined;
  /** Takes what is counted of the calls that share statements; left out: nothing is. */
  readonly laneTallies?: LaneTally[] | undefined;
}

/** The store in a migrated PostgreSQL. Connects when it is first used, and again by itself whenever the connection was lost. */
export function createPrismaStorage({ poolSize = 10, coalescing = true, accessTokenLifetime, laneTallies, ...choice }: PrismaStorageChoice): Storage {
  const prepares = !choice.pooled;
  const rest = openStatementPool(connectionSettings({ ...choice, poolSize: Math.max(1, poolSize - hotConnections(poolSize)) }), prepares);
  const adapter = new SchemaAdapter(rest.connections, prepares ? { statementNameGenerator: statementNames() } : {});
  const prisma = new PrismaClient({ adapter, errorFormat: 'minimal' });
  const pool = openHotPool({ ...choice, poolSize });
  const lanes = new Lanes(coalescing ? coalesced : oneByOne, laneTallies);
  const directUrl = inSchema(choice.databaseDirectUrl ?? choice.databaseUrl, choice.schema);
  const partitions = new AccessTokenPartitions(directUrl, accessTokenLifetime);
  const notices = new PostgresNotices(
    directUrl,
    applicationName(choice),
    (channel, payload) => prisma.$executeRaw`SELECT pg_notify(${channel}::text, ${payload}::text)`,
  );
  return {
    clients: answeringInTime(new PrismaClientRepository(prisma), 'remove'),
    users: answeringInTime(new PrismaUserRepository(prisma, rest)),
    identities: answeringInTime(new PrismaIdentityRepository(prisma)),
    upstreamRequests: answeringInTime(new PrismaUpstreamRequestRepository(prisma)),
    sessions: answeringInTime(new PrismaSessionRepository(prisma, rest)),
    passwords: answeringInTime(new PrismaPasswordRepository(prisma)),
    attempts: answeringInTime(prismaAttemptLimiter(rest, lanes)),
    authorizationRequests: answeringInTime(new PrismaAuthorizationRequestRepository(prisma)),
    consents: answeringInTime(new PrismaConsentRepository(prisma), 'forget'),
    grants: answeringInTime(new PrismaGrantRepository(prisma), 'revokeAll'),
    authorizationCodes: answeringInTime(new PrismaAuthorizationCodeRepository(prisma, pool, lanes)),
    accessTokens: answeringInTime(new PrismaAccessTokenRepository(prisma, pool, lanes)),
    refreshTokens: answeringInTime(new PrismaRefreshTokenRepository(pool, lanes)),
    connections: answeringInTime(new PrismaConnectionRepository(prisma)),
    resourceServers: answeringInTime(new PrismaResourceServerRepository(prisma)),
    signingKeys: answeringInTime(new PrismaSigningKeyRepository(prisma)),
    usage: answeringInTime(new PrismaUsageRepository(prisma)),
    idempotencyKeys: answeringInTime(new PrismaIdempotencyRepository(prisma)),
    revocations: answeringInTime(new PrismaRevocationRepository(prisma)),
    notices,
    expirables: [partitions, ...prismaExpirables(prisma).map((expirable) => answeringInTime(expirable))],
    ping: (thoroughly) => inTime(() => ping(prisma, pool, thoroughly ? { ...choice, poolSize: 1 } : null)),
    now: () => inTime(() => now(prisma)),
    close: () =>
      closeAll(
        () => notices.close(),
        () => prisma.$disconnect(),
        () => rest.close(),
        () => pool.close(),
      ),
  };
}

/** `thorough`: where to connect anew as well. */
async function ping(prisma: PrismaClient, pool: Statements, thorough: ConnectionChoice | null): Promise<void> {
  const [answer] = await prisma.$queryRaw<{ timeZone: string; migrated: boolean }[]>`
    SELECT current_setting('TimeZone') AS "timeZone", to_regclass('access_tokens') IS NOT NULL AS migrated`;
  if (!answer?.migrated) throw new StorageUnavailable(new Error('the database is not migrated'));
  if (answer.timeZone !== 'UTC')
    throw new StorageUnavailable(new Error(`sessions are in ${answer.timeZone}, not UTC: is there a pooler that DATABASE_POOLER does not tell of?`));
  // Refused where writes are, though there is nothing to delete.
  await pool.query('ping', 'DELETE FROM grants WHERE false', []);
  if (thorough) await tryWriting(thorough);
}

async function now(prisma: PrismaClient): Promise<Date> {
  const [row] = await prisma.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  return (row as { now: Date }).now;
}
