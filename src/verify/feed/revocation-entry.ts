import { type Refused, refused } from '../verification.js';

/** One thing that was ended, or enabled again, and what is to be thought of the tokens that it is about. */
export interface RevocationEntry {
  /** Whom it is about, as `keysOf` says it of a token. */
  readonly key: string;
  /** When it happened: seconds since 1970. */
  readonly at: number;
  /** Seconds since 1970: what was issued later is not meant. */
  readonly before: number;
  /** Seconds since 1970: by then every token that is meant has expired. */
  readonly until: number;
  /** Why a token that is meant is refused where Keywright cannot be asked; `null` when it was enabled again. */
  readonly refusal: Refused | null;
}

/** The members by which an entry and a token name the same. */
export interface Named {
  readonly jti?: string | undefined;
  readonly grant_id?: string | undefined;
  readonly client_id?: string | undefined;
  readonly sub?: string | undefined;
}

/** Under `sub`: whoever it is, as long as the client does not act for itself. */
const anybody = '*';

/** Reads what the feed sent; `null` when it does not say whom it is about. Members that are not known here are ignored. */
export function readEntry(data: string): RevocationEntry | null {
  const entry = objectOf(data);
  const key = keyOf({ jti: text(entry.jti), grant_id: text(entry.grant_id), client_id: text(entry.client_id), sub: text(entry.sub) });
  if (key === null) return null;
  const at = typeof entry.at === 'number' ? entry.at : Number.POSITIVE_INFINITY;
  // What ends a client or a person ends every token of theirs, whichever clock dated it; what enables them again leaves newer ones alone.
  const before = entry.restored === true ? at : Number.POSITIVE_INFINITY;
  return {
    key,
    at,
    before: typeof entry.before === 'number' ? entry.before : before,
    until: typeof entry.until === 'number' ? entry.until : Number.POSITIVE_INFINITY,
    refusal: entry.restored === true ? null : refusalOf(text(entry.reason)),
  };
}

/**
 * "All of them have to match": a token, or a grant, is named by one member already. Taking an entry for wider than it is costs a question to Keywright, no more.
 */
function keyOf({ jti, grant_id, client_id, sub }: Named): string | null {
  if (jti !== undefined) return key('jti', jti);
  if (grant_id !== undefined) return key('grant_id', grant_id);
  if (client_id !== undefined) return sub === undefined ? key('client_id', client_id) : key('both', client_id, sub);
  return sub === undefined ? null : key('sub', sub);
}

/** Every key under which an entry can be about this token. */
export function keysOf({ jti, grant_id, client_id, sub }: Named): string[] {
  const keys: string[] = [];
  if (jti !== undefined) keys.push(key('jti', jti));
  if (grant_id !== undefined) keys.push(key('grant_id', grant_id));
  if (client_id !== undefined) keys.push(key('client_id', client_id));
  if (sub !== undefined) keys.push(key('sub', sub));
  if (client_id !== undefined && sub !== undefined) {
    keys.push(key('both', client_id, sub));
    if (sub !== client_id) keys.push(key('both', client_id, anybody));
  }
  return keys;
}

function key(...parts: string[]): string {
  return parts.join('\0');
}

function refusalOf(reason: string | undefined): Refused {
  if (reason === 'client_disabled' || reason === 'user_disabled') return refused(reason);
  return { active: false, reason: 'revoked', ...(reason !== undefined && { cause: reason }) };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function objectOf(data: string): Record<string, unknown> {
  try {
    return { ...JSON.parse(data) };
  } catch {
    return {};
  }
}
