import type { Keeping, RefreshRefusal, RefreshTokenRepository, Rotation } from '../../application/ports/refresh-token-repository.js';
import type { EndReason } from '../../domain/authorization/grant.js';
import { isUuid } from '../../domain/is-uuid.js';
import type { StoredRefreshToken } from '../../domain/tokens/refresh-token.js';
import { uuids } from './coalescing/binary-array.js';
import { valuesOf } from './coalescing/columns.js';
import type { Lane } from './coalescing/lane.js';
import type { Lanes } from './coalescing/lanes.js';
import { byId, inTheirPlaces } from './keys.js';
import { find, judge, keep, keepingColumns, rotate, rotationColumns } from './refresh-token-statements.js';
import type { Statements } from './statements.js';

/** A batch of uses is one statement; what `rotate` left is judged by another. Those of one token, or beneath one grant, go one after the other. */
export class PrismaRefreshTokenRepository implements RefreshTokenRepository {
  private readonly finding: Lane<string, StoredRefreshToken | null>;
  private readonly rotating: Lane<Rotation, boolean>;
  private readonly judging: Lane<Rotation, UseRow | undefined>;
  private readonly keeping: Lane<Keeping, UseRow | undefined>;

  constructor(
    private readonly pool: Statements,
    lanes: Lanes,
  ) {
    this.finding = lanes.for('find_refresh_tokens', (ids) => this.findAll(ids));
    this.rotating = lanes.for<Rotation, boolean>('rotate_refresh_tokens', (rotations) => this.rotateAll(rotations), goesAlone);
    this.judging = lanes.for<Rotation, UseRow | undefined>('judge_refresh_tokens', (rotations) => this.judgeAll(rotations), goesAlone);
    this.keeping = lanes.for<Keeping, UseRow | undefined>('keep_refresh_tokens', (keepings) => this.keepAll(keepings), goesAlone);
  }

  async find(id: string): Promise<StoredRefreshToken | null> {
    return isUuid(id) ? this.finding.call(id) : null;
  }

  async rotate(rotation: Rotation): Promise<{ readonly outcome: 'rotated' } | RefreshRefusal> {
    if (!isUuid(rotation.id)) return { outcome: 'unknown' };
    // A lane of its own: were both one step, a verdict that fails would have those sent again that were rotated before it.
    if (await this.rotating.call(rotation)) return { outcome: 'rotated' };
    return refusalOf(await this.judging.call(rotation)) ?? { outcome: 'rotated' };
  }

  async keep(keeping: Keeping): Promise<{ readonly outcome: 'kept' } | RefreshRefusal> {
    if (!isUuid(keeping.id)) return { outcome: 'unknown' };
    return refusalOf(await this.keeping.call(keeping)) ?? { outcome: 'kept' };
  }

  private async findAll(ids: readonly string[]): Promise<(StoredRefreshToken | null)[]> {
    const rows = await this.pool.query<Row>('find_refresh_tokens', find, [uuids.array(ids)]);
    return byId(ids, rows).map((row) => row && toDomain(row));
  }

  /** Which of them were rotated. */
  private async rotateAll(all: readonly Rotation[]): Promise<boolean[]> {
    const { name, text, values } = rotate(all);
    const [rotated] = await this.pool.query<{ readonly places: string | null }>(name, text, values);
    const places = new Set(rotated?.places?.split(','));
    return all.map((_, index) => places.has(String(index + 1)));
  }

  private async judgeAll(all: readonly Rotation[]): Promise<(UseRow | undefined)[]> {
    return inTheirPlaces(await this.pool.query<UseRow>('judge_refresh_tokens', judge, valuesOf(rotationColumns, all)), all.length);
  }

  private async keepAll(keepings: readonly Keeping[]): Promise<(UseRow | undefined)[]> {
    const rows = await this.pool.query<UseRow>('keep_refresh_tokens', keep, valuesOf(keepingColumns, keepings));
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
  /** What an earlier rotation kept of its answer: there for `repeated`. */
  readonly earlier_answer: Uint8Array | null;
}

/** `null`: the token was used. */
function refusalOf(row: UseRow | undefined): RefreshRefusal | null {
  if (row === undefined) return { outcome: 'unknown' };
  if (row.outcome === 'usable') return null;
  return row.outcome === 'repeated' ? { outcome: 'repeated', sealedAnswer: row.earlier_answer as Uint8Array } : { outcome: row.outcome };
}

interface Row {
  readonly id: string;
  readonly digest: Uint8Array;
  readonly client_id: string;
  readonly user_id: string;
  readonly grant_id: string;
  readonly scopes: string[];
  readonly resources: string[];
  /** Kept with the grant. */
  readonly authenticated_at: Date | null;
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
  const { authenticated_at: authenticatedAt, absolute_expires_at: absoluteExpiresAt, rotated_at: rotatedAt } = row;
  const ended = row.ended_at && { at: row.ended_at, reason: row.end_reason };
  return { id, digest, clientId, userId, grantId, scopes, resources, authenticatedAt, issuedAt, expiresAt, absoluteExpiresAt, rotatedAt, ended };
}
