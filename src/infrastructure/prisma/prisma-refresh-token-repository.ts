import type { Keeping, RefreshRefusal, RefreshTokenRepository, Rotation } from '../../application/ports/refresh-token-repository.js';
import type { EndReason } from '../../domain/authorization/grant.js';
import type { StoredRefreshToken } from '../../domain/tokens/refresh-token.js';
import { hexArray, momentArray, uuidArray } from './coalescing/array-literal.js';
import type { HotPool } from './coalescing/hot-pool.js';
import { Lane, type LaneLimits } from './coalescing/lane.js';
import { isUuid } from './keys.js';
import {
  accessTokenArrays,
  accessTokenNames,
  accessTokenValues,
  insertAccessTokens,
  insertRefreshTokens,
  refreshTokenArrays,
  refreshTokenNames,
  refreshTokenValues,
} from './token-inserts.js';

const find = `
  SELECT asked.place, found.* FROM unnest($1::uuid[]) WITH ORDINALITY AS asked (id, place) CROSS JOIN LATERAL (
    SELECT t.id, t.digest, t.client_id, t.user_id, t.grant_id, t.scopes, t.resources, t.issued_at, t.expires_at, t.absolute_expires_at, t.rotated_at,
      COALESCE(g.revoked_at, c.removed_at) AS ended_at, COALESCE(g.revoke_reason, 'revoked_by_operator') AS end_reason
    FROM refresh_tokens t JOIN clients c ON c.id = t.client_id JOIN grants g ON g.id = t.grant_id
    WHERE t.id = asked.id
    OFFSET 0
  ) found`;

/** Each token, locked, with the verdict on it: whoever waited for the lock sees the row as the winner left it. */
const verdict = `CROSS JOIN LATERAL (
    SELECT t.grant_id, t.sealed_answer AS earlier_answer, CASE
      WHEN g.id IS NULL OR c.id IS NULL OR u.id IS NULL THEN 'revoked'
      WHEN t.repeatable_until > use.at THEN 'repeated'
      WHEN t.rotated_at IS NOT NULL THEN 'reused'
      WHEN t.expires_at <= use.at THEN 'expired'
      ELSE 'usable' END AS outcome
    FROM refresh_tokens t
    LEFT JOIN grants g ON g.id = t.grant_id AND g.revoked_at IS NULL
    LEFT JOIN clients c ON c.id = t.client_id AND c.removed_at IS NULL
    LEFT JOIN users u ON u.id = t.user_id AND u.disabled_at IS NULL
    WHERE t.id = use.id
    FOR UPDATE OF t
  ) token`;

/** What follows from the verdict in either use: a new access token, or the end of the grant. A use writes nothing to the grant: it is needed until the end of the chain anyway. */
const consequences = `access AS (${insertAccessTokens('access_')} FROM token WHERE outcome = 'usable'), revoked AS (
    UPDATE grants SET revoked_at = token.at, revoke_reason = 'refresh_token_reused'
    FROM token WHERE grants.id = token.grant_id AND outcome = 'reused' AND revoked_at IS NULL
  )
  SELECT place, outcome, earlier_answer FROM token`;

const rotate = `
  WITH token AS (
    SELECT use.*, token.* FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::timestamptz[], ${refreshTokenArrays(5)}, ${accessTokenArrays(15)})
      WITH ORDINALITY AS use (id, at, sealed_answer, repeatable_until, ${refreshTokenNames('successor_')}, ${accessTokenNames('access_')}, place)
    ${verdict}
  ), rotated AS (
    UPDATE refresh_tokens SET rotated_at = token.at, sealed_answer = decode(token.sealed_answer, 'hex'), repeatable_until = token.repeatable_until
    FROM token WHERE refresh_tokens.id = token.id AND outcome = 'usable'
  ), successor AS (${insertRefreshTokens('successor_')} FROM token WHERE outcome = 'usable'), ${consequences}`;

const keep = `
  WITH token AS (
    SELECT use.*, token.* FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], ${accessTokenArrays(4)})
      WITH ORDINALITY AS use (id, at, expires_at, ${accessTokenNames('access_')}, place)
    ${verdict}
  ), kept AS (
    UPDATE refresh_tokens SET expires_at = token.expires_at FROM token WHERE refresh_tokens.id = token.id AND outcome = 'usable'
  ), ${consequences}`;

/** A batch of uses is one statement. Those of one token, or beneath one grant, go one after the other. */
export class PrismaRefreshTokenRepository implements RefreshTokenRepository {
  private readonly finding: Lane<string, StoredRefreshToken | null>;
  private readonly rotating: Lane<Rotation, UseRow | undefined>;
  private readonly keeping: Lane<Keeping, UseRow | undefined>;

  constructor(
    private readonly pool: HotPool,
    limits: LaneLimits,
  ) {
    this.finding = new Lane((ids) => this.findAll(ids), limits);
    this.rotating = new Lane<Rotation, UseRow | undefined>((rotations) => this.rotateAll(rotations), limits, goesAlone);
    this.keeping = new Lane<Keeping, UseRow | undefined>((keepings) => this.keepAll(keepings), limits, goesAlone);
  }

  async find(id: string): Promise<StoredRefreshToken | null> {
    return isUuid(id) ? this.finding.call(id) : null;
  }

  async rotate(rotation: Rotation): Promise<{ readonly outcome: 'rotated' } | RefreshRefusal> {
    if (!isUuid(rotation.id)) return { outcome: 'unknown' };
    return refusalOf(await this.rotating.call(rotation)) ?? { outcome: 'rotated' };
  }

  async keep(keeping: Keeping): Promise<{ readonly outcome: 'kept' } | RefreshRefusal> {
    if (!isUuid(keeping.id)) return { outcome: 'unknown' };
    return refusalOf(await this.keeping.call(keeping)) ?? { outcome: 'kept' };
  }

  private async findAll(ids: readonly string[]): Promise<(StoredRefreshToken | null)[]> {
    const answers: (StoredRefreshToken | null)[] = ids.map(() => null);
    for (const row of await this.pool.query<Row>('find_refresh_tokens', find, [uuidArray(ids)])) answers[Number(row.place) - 1] = toDomain(row);
    return answers;
  }

  private async rotateAll(rotations: readonly Rotation[]): Promise<(UseRow | undefined)[]> {
    const rows = await this.pool.query<UseRow>('rotate_refresh_tokens', rotate, [
      uuidArray(rotations.map(({ id }) => id)),
      momentArray(rotations.map(({ at }) => at)),
      hexArray(rotations.map(({ sealedAnswer }) => sealedAnswer)),
      momentArray(rotations.map(({ repeatableUntil }) => repeatableUntil)),
      ...refreshTokenValues(rotations.map(({ successor }) => successor)),
      ...accessTokenValues(rotations.map(({ accessToken }) => accessToken)),
    ]);
    return inTheirPlaces(rows, rotations.length);
  }

  private async keepAll(keepings: readonly Keeping[]): Promise<(UseRow | undefined)[]> {
    const rows = await this.pool.query<UseRow>('keep_refresh_tokens', keep, [
      uuidArray(keepings.map(({ id }) => id)),
      momentArray(keepings.map(({ at }) => at)),
      momentArray(keepings.map(({ expiresAt }) => expiresAt)),
      ...accessTokenValues(keepings.map(({ accessToken }) => accessToken)),
    ]);
    return inTheirPlaces(rows, keepings.length);
  }
}

function goesAlone({ id, accessToken }: Pick<Rotation, 'id' | 'accessToken'>): string[] {
  return [id, accessToken.grantId ?? id];
}

interface UseRow {
  /** From 1, among the uses of the batch. */
  readonly place: string;
  readonly outcome: 'usable' | 'repeated' | 'expired' | 'reused' | 'revoked';
  /** What an earlier rotation answered, sealed: there for `repeated`. */
  readonly earlier_answer: Uint8Array | null;
}

function inTheirPlaces(rows: readonly UseRow[], count: number): (UseRow | undefined)[] {
  const answers = new Array<UseRow | undefined>(count).fill(undefined);
  for (const row of rows) answers[Number(row.place) - 1] = row;
  return answers;
}

/** `null`: the token was used. */
function refusalOf(row: UseRow | undefined): RefreshRefusal | null {
  if (row === undefined) return { outcome: 'unknown' };
  if (row.outcome === 'usable') return null;
  return row.outcome === 'repeated' ? { outcome: 'repeated', sealedAnswer: row.earlier_answer as Uint8Array } : { outcome: row.outcome };
}

interface Row {
  readonly place: string;
  readonly id: string;
  readonly digest: Uint8Array;
  readonly client_id: string;
  readonly user_id: string;
  readonly grant_id: string;
  readonly scopes: string[];
  readonly resources: string[];
  readonly issued_at: Date;
  readonly expires_at: Date;
  readonly absolute_expires_at: Date;
  readonly rotated_at: Date | null;
  readonly ended_at: Date | null;
  /** Means nothing while `ended_at` is null. */
  readonly end_reason: EndReason;
}

function toDomain(row: Row): StoredRefreshToken {
  const { id, digest, client_id: clientId, user_id: userId, grant_id: grantId, scopes, resources, issued_at: issuedAt, expires_at: expiresAt } = row;
  const { absolute_expires_at: absoluteExpiresAt, rotated_at: rotatedAt } = row;
  const ended = row.ended_at && { at: row.ended_at, reason: row.end_reason };
  return { id, digest, clientId, userId, grantId, scopes, resources, issuedAt, expiresAt, absoluteExpiresAt, rotatedAt, ended };
}
