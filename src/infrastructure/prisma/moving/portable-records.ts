import { withoutSlash } from '../../../domain/without-slash.js';
import { revokedSubject } from '../revoked-subject.js';
import type { MovedTable } from './moved-table.js';
import type { Row } from './row-transfer.js';

/** A record as the domain has it, with what only stores know of it. */
export type Portable = Readonly<Record<string, unknown>>;

/** How the rows of a table are the records of a kind. */
export interface PortableKind {
  readonly table: string;
  /** From and to a row whose columns are in camel case and whose moments and bytes are such; `null`: the row is no record. */
  readonly record?: (row: Portable) => Portable | null;
  readonly row?: (record: Portable) => Portable;
}

/** Two columns that are one object, or null. */
const ending = ({ revokedAt, revokeReason, ...row }: Portable): Portable => ({ ...row, revoked: revokedAt && { at: revokedAt, reason: revokeReason } });
const endingColumns = ({ revoked, ...record }: Portable): Portable => {
  const { at = null, reason = null } = (revoked ?? {}) as { at?: Date; reason?: string };
  return { ...record, revokedAt: at, revokeReason: reason };
};

const secret: Omit<PortableKind, 'table'> = {
  record: ({ lastUsedAt, lastUsedFrom, ...row }) => ({ ...row, lastUsed: lastUsedAt && { at: lastUsedAt, from: lastUsedFrom } }),
  row: ({ lastUsed, ...record }) => {
    const { at = null, from = null } = (lastUsed ?? {}) as { at?: Date; from?: string | null };
    return { ...record, lastUsedAt: at, lastUsedFrom: from };
  },
};

/** Every kind of record that a store of any make can keep, those first to which others refer. */
export const portableKinds: Readonly<Record<string, PortableKind>> = {
  // A removed person is a row here because ended grants refer to it, and nothing anywhere else.
  users: { table: 'users', record: ({ removedAt, ...row }) => (removedAt === null ? row : null), row: (record) => ({ ...record, removedAt: null }) },
  identities: { table: 'user_identities' },
  sessions: { table: 'sessions' },
  accountLinks: { table: 'account_links' },
  upstreamRequests: { table: 'upstream_requests' },
  resourceServers: {
    table: 'resource_servers',
    record: ({ identifierKey: _, ...row }) => row,
    row: ({ scopes: _, ...record }) => ({ ...record, identifierKey: withoutSlash(String(record.identifier)) }),
  },
  resourceServerSecrets: { table: 'resource_server_secrets', ...secret },
  signingKeys: {
    table: 'signing_keys',
    record: ({ publicJwk, ...row }) => ({ ...row, publicJwk: JSON.parse(String(publicJwk)) }),
    row: ({ publicJwk, ...record }) => ({ ...record, publicJwk: JSON.stringify(publicJwk) }),
  },
  clients: {
    table: 'clients',
    record: ({ disabledBy, ...row }) => ({ ...row, disabledBy: row.disabledAt && (disabledBy ?? 'house') }),
  },
  clientSecrets: { table: 'client_secrets', ...secret },
  consents: { table: 'consents' },
  grants: { table: 'grants', record: ending, row: ({ lastUsedAt: _, usedScopes: __, ...record }) => endingColumns(record) },
  authorizationRequests: {
    table: 'authorization_requests',
    record: ({ decision, decidedBy, grantId, ...row }) => ({
      ...row,
      decision: decision && (decision === 'allowed' ? { kind: decision, userId: decidedBy, grantId } : { kind: decision, userId: decidedBy }),
    }),
    row: ({ decision, ...record }) => {
      const { kind = null, userId = null, grantId = null } = (decision ?? {}) as { kind?: string; userId?: string; grantId?: string };
      return { ...record, decision: kind, decidedBy: userId, grantId };
    },
  },
  authorizationCodes: {
    table: 'authorization_codes',
    record: ({ consumedAt, ...row }) => ({ ...row, consumed: consumedAt !== null }),
    row: ({ consumed, authenticatedAt: _, ...record }) => ({ ...record, consumedAt: consumed ? record.issuedAt : null }),
  },
  accessTokens: {
    table: 'access_tokens',
    record: ending,
    row: ({ authenticatedAt: _, ...record }) => endingColumns(record),
  },
  refreshTokens: {
    table: 'refresh_tokens',
    record: ({ rotatedAt, sealedAnswer, repeatableUntil, ...row }) => ({
      ...row,

      rotation: rotatedAt && { at: rotatedAt, sealedAnswer, repeatableUntil },
    }),
    row: ({ rotation, authenticatedAt: _, ...record }) => {
      const { at = null, sealedAnswer = null, repeatableUntil = null } = (rotation ?? {}) as { at?: Date; sealedAnswer?: Uint8Array; repeatableUntil?: Date };
      return { ...record, rotatedAt: at, sealedAnswer, repeatableUntil };
    },
  },
  idempotencyKeys: { table: 'idempotency_keys' },
  revocations: {
    table: 'revocations',
    record: ({ id, at, expiresAt, reason, ...row }) => ({ id, subject: revokedSubject(row), at, until: expiresAt, reason }),
    row: ({ id, subject, at, until, reason }) => {
      const none = { tokenId: null, grantId: null, clientId: null, userId: null };
      return { id, ...none, ...(subject as object), at, expiresAt: until, reason };
    },
  },
};

/** A row as PostgreSQL wrote it, with moments and bytes and names as the domain has them. */
export function portableRow({ types }: MovedTable, row: Row): Portable {
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [camelCase(column), fromJson(types[column], value)]));
}

export function plainRow(record: Portable): Row {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [snakeCase(name), toJson(value)]));
}

function fromJson(type: string | undefined, value: unknown): unknown {
  if (value === null) return null;
  if (type?.startsWith('timestamp')) return new Date(String(value));
  if (type === 'bytea') return new Uint8Array(Buffer.from(String(value).slice(2), 'hex'));
  return value;
}

function toJson(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  return value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : value;
}

const camelCase = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
