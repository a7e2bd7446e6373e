const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Can this be the key of a row? Keys come from addresses and from parsed tokens: PostgreSQL fails on anything but a UUID, and Prisma drops
 * a filter that is `undefined`, so that it would match every row.
 */
export function isUuid(key: unknown): key is string {
  return typeof key === 'string' && uuid.test(key);
}

/** The same for keys of any text, which PostgreSQL keeps without NUL only. */
export function isText(key: unknown): key is string {
  return typeof key === 'string' && !key.includes('\0');
}

/** For each id the row that has it; `null`: none has. */
export function byId<Row extends { readonly id: string }>(ids: readonly string[], rows: readonly Row[]): (Row | null)[] {
  const found = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => found.get(id) ?? null);
}
