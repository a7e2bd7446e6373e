import { NoticeBoard } from '../../application/ports/notice-board.js';
import type { AccountLink } from '../../domain/accounts/account-link.js';
import type { AuthorizationCode } from '../../domain/authorization/authorization-code.js';
import type { AuthorizationRequest } from '../../domain/authorization/authorization-request.js';
import type { Consent } from '../../domain/authorization/consent.js';
import type { Ending, Grant } from '../../domain/authorization/grant.js';
import type { Client } from '../../domain/clients/client.js';
import type { SigningKey } from '../../domain/keys/signing-key.js';
import type { LinkedIdentity } from '../../domain/people/identity.js';
import type { Session } from '../../domain/people/session.js';
import type { UpstreamRequest } from '../../domain/people/upstream-request.js';
import type { User } from '../../domain/people/user.js';
import type { ResourceServer } from '../../domain/resources/resource-server.js';
import type { AccessToken } from '../../domain/tokens/access-token.js';
import type { RefreshToken } from '../../domain/tokens/refresh-token.js';
import type { Revocation } from '../../domain/tokens/revocation.js';
import { copyOf } from './copy-of.js';

/** A removed client stays as a row, so that what it still holds is known to have ended. */
export interface ClientRow {
  client: Client;
  removedAt: Date | null;
}

export interface GrantRow {
  grant: Grant;
  /** When the last of what descends from it expires: see `raiseNeed`. */
  neededUntil: Date;
}

export interface CodeRow {
  readonly code: AuthorizationCode;
  consumed: boolean;
}

export interface AccessTokenRow {
  readonly token: AccessToken;
  revoked: Ending | null;
}

export interface RefreshTokenRow {
  token: RefreshToken;
  rotation: { readonly at: Date; readonly sealedAnswer: Uint8Array; readonly repeatableUntil: Date } | null;
}

export interface IdempotencyRow {
  readonly fingerprint: Uint8Array;
  readonly sealedAnswer: Uint8Array | null;
  readonly expiresAt: Date;
}

/** Everything the repositories share. A verb that does not await between its first read and its last write is atomic. */
export interface MemoryTables {
  readonly clients: Map<string, ClientRow>;
  readonly users: Map<string, User>;
  /** By issuer and subject. */
  readonly identities: Map<string, LinkedIdentity>;
  readonly upstreamRequests: Map<string, UpstreamRequest>;
  readonly sessions: Map<string, Session>;
  readonly accountLinks: Map<string, AccountLink>;
  readonly authorizationRequests: Map<string, AuthorizationRequest>;
  readonly consents: Map<string, Consent>;
  readonly grants: Map<string, GrantRow>;
  readonly authorizationCodes: Map<string, CodeRow>;
  readonly accessTokens: Map<string, AccessTokenRow>;
  readonly refreshTokens: Map<string, RefreshTokenRow>;
  readonly resourceServers: Map<string, ResourceServer>;
  readonly signingKeys: Map<string, SigningKey>;
  readonly idempotencyKeys: Map<string, IdempotencyRow>;
  readonly revocations: Map<number, Revocation>;
  revocationsAdded: number;
  /** Until when access tokens live that are kept elsewhere. */
  accessTokensReach: Date;
  readonly notices: NoticeBoard;
}

export function memoryTables(): MemoryTables {
  return {
    clients: new Map(),
    users: new Map(),
    identities: new Map(),
    upstreamRequests: new Map(),
    sessions: new Map(),
    accountLinks: new Map(),
    authorizationRequests: new Map(),
    consents: new Map(),
    grants: new Map(),
    authorizationCodes: new Map(),
    accessTokens: new Map(),
    refreshTokens: new Map(),
    resourceServers: new Map(),
    signingKeys: new Map(),
    idempotencyKeys: new Map(),
    revocations: new Map(),
    revocationsAdded: 0,
    accessTokensReach: new Date(0),
    notices: new NoticeBoard(true),
  };
}

/** Called for every key of a verb before its first write, so that a verb that fails has changed nothing. */
export function refuseTaken(table: Pick<ReadonlyMap<string, unknown>, 'has'>, id: string): void {
  if (table.has(id)) throw new Error(`${id} is already in the store`);
}

/** Why nothing of this client under this grant is good any more; `null` while both live. */
export function endingOf({ grants, clients }: MemoryTables, { grantId, clientId }: { grantId: string | null; clientId: string }): Ending | null {
  const grant = grantId === null ? null : grants.get(grantId)?.grant;
  const client = clients.get(clientId);
  // Never there: what hangs in the air is not good either.
  if (grant === undefined || client === undefined) return { at: new Date(0), reason: 'revoked_by_operator' };
  if (grant?.revoked) return copyOf(grant.revoked);
  return client.removedAt && { at: client.removedAt, reason: 'revoked_by_operator' };
}

/** May nothing be obtained any more: it has ended, or the person is disabled or gone? */
export function isOver(tables: MemoryTables, of: { grantId: string; clientId: string; userId: string }): boolean {
  const user = tables.users.get(of.userId);
  return endingOf(tables, of) !== null || user === undefined || user.disabledAt !== null;
}
