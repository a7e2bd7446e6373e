import type { AuthorizationCodeRepository, Consumption, ConsumptionOutcome } from '../../application/ports/authorization-code-repository.js';
import type { AuthorizationCode } from '../../domain/authorization/authorization-code.js';
import { isUuid } from '../../domain/is-uuid.js';
import { uuids } from './coalescing/binary-array.js';
import { type Column, moment, partOf, rowsOf, uuid, valuesOf } from './coalescing/columns.js';
import type { Lane } from './coalescing/lane.js';
import type { Lanes } from './coalescing/lanes.js';
import type { PrismaClient } from './generated/client.js';
import { grant, holders, holdersGone } from './holders.js';
import { byId, inTheirPlaces } from './keys.js';
import type { Statements } from './statements.js';
import { accessTokenColumns, insertAccessTokens, insertRefreshTokens, neededUntil, refreshTokenColumns } from './token-inserts.js';

const find = `
  SELECT c.id, c.digest, c.grant_id, c.client_id, c.user_id, c.redirect_uri, c.scopes, c.resources, c.code_challenge, g.authenticated_at, c.issued_at,
    c.expires_at, c.grant_expires_at
  FROM authorization_codes c ${grant('c')} WHERE c.id = ANY ($1::uuid[])`;

const consumptionColumns: readonly Column<Consumption>[] = [
  uuid('id', ({ id }) => id),
  moment('at', ({ at }) => at),
  moment('needed_until', ({ accessToken, refreshToken }) => neededUntil(accessToken, refreshToken)),
  ...partOf('access_', accessTokenColumns, ({ accessToken }: Consumption) => accessToken),
  ...partOf('refresh_', refreshTokenColumns, ({ refreshToken }: Consumption) => refreshToken),
];

/**
 * One statement. It locks each code first: whoever waited for the lock is given the row as the winner left it, not as the snapshot has it.
 * Nothing else is locked. A grant revoked after the snapshot was taken ends the tokens all the same: finding one asks whether it was.
 */
const consume = `
  WITH code AS (
    SELECT use.*, code.* FROM ${rowsOf(consumptionColumns, 'use')}
    CROSS JOIN LATERAL (
      SELECT c.grant_id, CASE
        WHEN c.consumed_at IS NOT NULL THEN 'replayed'
        WHEN ${holdersGone} THEN 'revoked'
        WHEN c.expires_at <= use.at THEN 'expired'
        ELSE 'consumed' END AS outcome
      FROM authorization_codes c
      ${holders('c')}
      WHERE c.id = use.id
      FOR UPDATE OF c
    ) code
  ), consumed AS (
    UPDATE authorization_codes SET consumed_at = code.at FROM code WHERE authorization_codes.id = code.id AND outcome = 'consumed'
  ), access AS (${insertAccessTokens('access_')} FROM code WHERE outcome = 'consumed')
  , refresh AS (${insertRefreshTokens('refresh_')} FROM code WHERE outcome = 'consumed' AND refresh_id IS NOT NULL)
  , needed AS (
    UPDATE grants SET needed_until = GREATEST(grants.needed_until, code.needed_until) FROM code WHERE grants.id = code.grant_id AND outcome = 'consumed'
  ), revoked AS (
    UPDATE grants SET revoked_at = code.at, revoke_reason = 'code_replayed'
    FROM code WHERE grants.id = code.grant_id AND outcome = 'replayed' AND COALESCE(revoked_at, 'infinity') = 'infinity'
  )
  SELECT place, outcome FROM code`;

export class PrismaAuthorizationCodeRepository implements AuthorizationCodeRepository {
  private readonly finding: Lane<string, AuthorizationCode | null>;
  private readonly consuming: Lane<Consumption, ConsumptionOutcome>;

  constructor(
    private readonly prisma: PrismaClient,
    private readonly pool: Statements,
    lanes: Lanes,
  ) {
    this.finding = lanes.for('find_codes', (ids) => this.findAll(ids));
    // Two codes of one grant would write its row twice in one statement, of which PostgreSQL does only one.
    this.consuming = lanes.for(
      'consume_codes',
      (consumptions) => this.consumeAll(consumptions),
      ({ id, accessToken }) => [id, accessToken.grantId ?? id],
    );
  }

  async add(code: AuthorizationCode): Promise<void> {
    await this.prisma.$executeRaw`
      WITH needed AS (
        UPDATE grants SET needed_until = ${code.expiresAt}::timestamptz WHERE id = ${code.grantId}::uuid AND needed_until < ${code.expiresAt}::timestamptz
      )
      INSERT INTO authorization_codes
        (id, digest, grant_id, client_id, user_id, redirect_uri, scopes, resources, code_challenge, issued_at, expires_at, grant_expires_at)
      VALUES (${code.id}::uuid, ${code.digest}::bytea, ${code.grantId}::uuid, ${code.clientId}::text, ${code.userId}::uuid, ${code.redirectUri}::text,
        ${code.scopes}::text[], ${code.resources}::text[], ${code.codeChallenge}::text, ${code.issuedAt}::timestamptz, ${code.expiresAt}::timestamptz,
        ${code.grantExpiresAt}::timestamptz)`;
  }

  async find(id: string): Promise<AuthorizationCode | null> {
    return isUuid(id) ? this.finding.call(id) : null;
  }

  async consume(consumption: Consumption): Promise<ConsumptionOutcome> {
    return isUuid(consumption.id) ? this.consuming.call(consumption) : 'unknown';
  }

  private async findAll(ids: readonly string[]): Promise<(AuthorizationCode | null)[]> {
    const rows = await this.pool.query<Row>('find_codes', find, [uuids.array(ids)]);
    return byId(ids, rows).map((row) => row && toDomain(row));
  }

  private async consumeAll(consumptions: readonly Consumption[]): Promise<ConsumptionOutcome[]> {
    const values = valuesOf(consumptionColumns, consumptions);
    const rows = await this.pool.query<{ place: string; outcome: ConsumptionOutcome }>('consume_codes', consume, values);
    return inTheirPlaces(rows, consumptions.length).map((row) => row?.outcome ?? 'unknown');
  }
}

interface Row {
  readonly id: string;
  readonly digest: Uint8Array;
  readonly grant_id: string;
  readonly client_id: string;
  readonly user_id: string;
  readonly redirect_uri: string | null;
  readonly scopes: string[];
  readonly resources: string[];
  readonly code_challenge: string | null;
  /** Kept with the grant. */
  readonly authenticated_at: Date | null;
  readonly issued_at: Date;
  readonly expires_at: Date;
  readonly grant_expires_at: Date | null;
}

function toDomain(row: Row): AuthorizationCode {
  const { id, digest, grant_id: grantId, client_id: clientId, user_id: userId, redirect_uri: redirectUri, scopes, resources } = row;
  const {
    code_challenge: codeChallenge,
    authenticated_at: authenticatedAt,
    issued_at: issuedAt,
    expires_at: expiresAt,
    grant_expires_at: grantExpiresAt,
  } = row;
  return { id, digest, grantId, clientId, userId, redirectUri, scopes, resources, codeChallenge, authenticatedAt, issuedAt, expiresAt, grantExpiresAt };
}
