/**
 * Can this be the key of a row whose keys are any text? Asked before each query, as `isUuid` is where keys are UUIDs: keys come from addresses and from parsed
 * tokens, PostgreSQL keeps text without NUL only and fails on what is no UUID, and Prisma drops a filter that is `undefined`, so that it would match every row.
 */
export function isText(key: unknown): key is string {
  return typeof key === 'string' && !key.includes('\0');
}

/** For each of `count` calls, in their order, the row that says its place, from 1; `undefined`: none does. */
export function inTheirPlaces<Row extends { readonly place: string }>(rows: readonly Row[], count: number): (Row | undefined)[] {
  const answers = new Array<Row | undefined>(count).fill(undefined);
  for (const row of rows) answers[Number(row.place) - 1] = row;
  return answers;
}

/** For each id the row that has it; `null`: none has. */
export function byId<Row extends { readonly id: string }>(ids: readonly string[], rows: readonly Row[]): (Row | null)[] {
  const found = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => found.get(id) ?? null);
}
