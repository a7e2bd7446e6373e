import type { Keeping, Rotation } from '../../application/ports/refresh-token-repository.js';
import { bytes, type Column, lists, moment, rowsOf, uuid, valuesOf, valuesOfOne } from './coalescing/columns.js';
import { client, grant, holders, holdersGone, holdersLive } from './holders.js';
import type { StatementValue } from './statement-query.js';

export const find = `
  SELECT t.id, t.digest, t.client_id, t.user_id, t.grant_id, t.scopes, t.resources, g.authenticated_at, t.issued_at, t.expires_at, t.absolute_expires_at,
    t.rotated_at, COALESCE(g.revoked_at, k.removed_at) AS ended_at, COALESCE(g.revoke_reason, 'revoked_by_operator') AS end_reason
  FROM refresh_tokens t ${grant('t')} ${client('t')}
  WHERE t.id = ANY ($1::uuid[]) AND g.id IS NOT NULL AND k.id IS NOT NULL`;

/** Each token, locked, with the verdict on it: whoever waited for the lock sees the row as the winner left it. */
const verdict = `CROSS JOIN LATERAL (
    SELECT t.client_id, t.user_id, t.grant_id, t.scopes, t.resources, t.absolute_expires_at, t.sealed_answer AS earlier_answer, CASE
      WHEN ${holdersGone} THEN 'revoked'
      WHEN t.repeatable_until > use.at THEN 'repeated'
      WHEN t.rotated_at IS NOT NULL THEN 'reused'
      WHEN t.expires_at <= use.at THEN 'expired'
      ELSE 'usable' END AS outcome
    FROM refresh_tokens t
    ${holders('t')}
    WHERE t.id = use.id
    FOR UPDATE OF t
  ) token`;

/** What is new of an access token: the rest, it has from the refresh token. */
const newAccessToken: readonly Column<Pick<Rotation, 'accessToken'>>[] = [
  uuid('access_id', ({ accessToken }) => accessToken.id),
  bytes('access_digest', ({ accessToken }) => accessToken.digest),
  lists('access_scopes', ({ accessToken }) => accessToken.scopes),
  lists('access_resources', ({ accessToken }) => accessToken.resources),
  moment('access_expires_at', ({ accessToken }) => accessToken.expiresAt),
];

export const rotationColumns: readonly Column<Rotation>[] = [
  uuid('id', ({ id }) => id),
  moment('at', ({ at }) => at),
  bytes('sealed_answer', ({ sealedAnswer }) => sealedAnswer),
  moment('repeatable_until', ({ repeatableUntil }) => repeatableUntil),
  uuid('successor_id', ({ successor }) => successor.id),
  bytes('successor_digest', ({ successor }) => successor.digest),
  moment('successor_expires_at', ({ successor }) => successor.expiresAt),
  ...newAccessToken,
];

export const keepingColumns: readonly Column<Keeping>[] = [
  uuid('id', ({ id }) => id),
  moment('at', ({ at }) => at),
  moment('kept_until', ({ expiresAt }) => expiresAt),
  ...newAccessToken,
];

/** Where a part of a use is found in a statement: in a column or a parameter. */
type Part = (name: string) => string;

const casts = new Map([...rotationColumns, ...keepingColumns].map(({ name, cast }) => [name, cast]));
/** The part as what it is, where it stands under this name. Throws for one that no column has: it would be part of a statement. */
function read(name: string, where: string | undefined): string {
  const cast = casts.get(name);
  if (cast === undefined || where === undefined) throw new Error(`no part of a use is called ${name}`);
  return where + cast;
}

const inColumns: Part = (name) => read(name, name);

const newAccessTokens = (from: string, part = inColumns) => `access AS (
    INSERT INTO access_tokens (id, digest, client_id, user_id, grant_id, scopes, resources, issued_at, expires_at)
    SELECT ${part('access_id')}, ${part('access_digest')}, client_id, user_id, grant_id, ${part('access_scopes')}, ${part('access_resources')},
      ${part('at')}, ${part('access_expires_at')}
    FROM ${from}
  )`;

/** What follows from the verdict in either use: a new access token, or the end of the grant. A use writes nothing to the grant: it is needed until the end of the chain anyway. */
const consequences = `${newAccessTokens("token WHERE outcome = 'usable'")}, revoked AS (
    UPDATE grants SET revoked_at = token.at, revoke_reason = 'refresh_token_reused'
    FROM token WHERE grants.id = token.grant_id AND outcome = 'reused' AND COALESCE(revoked_at, 'infinity') = 'infinity'
  )
  SELECT place, outcome, CASE outcome WHEN 'repeated' THEN earlier_answer END AS earlier_answer FROM token`;

const rotations = rowsOf(rotationColumns, 'use');

const successors = (from: string, part = inColumns) => `successor AS (
    INSERT INTO refresh_tokens (id, digest, client_id, user_id, grant_id, scopes, resources, issued_at, expires_at, absolute_expires_at)
    SELECT ${part('successor_id')}, ${part('successor_digest')}, client_id, user_id, grant_id, scopes, resources, ${part('at')}, ${part('successor_expires_at')}, absolute_expires_at
    FROM ${from}
  )`;

/**
 * `use` names first what was asked for (`uses`), then those of it that were rotated, with what they have from their row: so a part is called alike in all three
 * steps. Without `uses`, the parts are parameters.
 */
const rotating = (part: Part, places: string, uses?: string) => `
  WITH use AS (
    UPDATE refresh_tokens t SET rotated_at = ${part('at')}, sealed_answer = ${part('sealed_answer')}, repeatable_until = ${part('repeatable_until')}
    ${uses ? `FROM ${uses}` : ''}
    WHERE t.id = ${part('id')} AND t.rotated_at IS NULL AND t.expires_at > ${part('at')} AND ${holdersLive('t')}
    RETURNING ${uses ? 'use.*,' : ''} t.client_id, t.user_id, t.grant_id, t.scopes, t.resources, t.absolute_expires_at
  ), ${successors('use', part)}, ${newAccessTokens('use', part)}
  SELECT ${places} AS places FROM use`;

/**
 * What nearly every refresh is: tokens that nobody used before, of grants that go on. Whoever comes second waits for the row, finds it rotated and is not among
 * the places of the answer; nor is whoever may not refresh. One row for all of them: each row of an answer is read by itself.
 */
const rotateMany = rotating((name) => read(name, `use.${name}`), "string_agg(use.place::text, ',')", rotations);

const parameters = new Map(rotationColumns.map(({ name, type }, index) => [name, `$${index + 1}::${type}`]));

/**
 * The same of one, whose parts are parameters: nothing has to be unpacked and carried along, which is a quarter of PostgreSQL's time, and rotations are what lone
 * callers wait for the longest.
 */
const rotateOne = rotating((name) => read(name, parameters.get(name)), "'1'");

/** The statement that rotates these. */
export function rotate(all: readonly Rotation[]): { readonly name: string; readonly text: string; readonly values: readonly StatementValue[] } {
  const [first] = all;
  if (first && all.length === 1) return { name: 'rotate_refresh_token', text: rotateOne, values: valuesOfOne(rotationColumns, first) };
  return { name: 'rotate_refresh_tokens', text: rotateMany, values: valuesOf(rotationColumns, all) };
}

/** The same with the verdict on each of them, for those that `rotate` left. */
export const judge = `
  WITH token AS (
    SELECT use.*, token.* FROM ${rotations}
    ${verdict}
  ), rotated AS (
    UPDATE refresh_tokens SET rotated_at = token.at, sealed_answer = token.sealed_answer, repeatable_until = token.repeatable_until
    FROM token WHERE refresh_tokens.id = token.id AND outcome = 'usable'
  ), ${successors("token WHERE outcome = 'usable'")}, ${consequences}`;

export const keep = `
  WITH token AS (
    SELECT use.*, token.* FROM ${rowsOf(keepingColumns, 'use')}
    ${verdict}
  ), kept AS (
    UPDATE refresh_tokens SET expires_at = token.kept_until FROM token WHERE refresh_tokens.id = token.id AND outcome = 'usable'
  ), ${consequences}`;
