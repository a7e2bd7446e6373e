/** Array literals (PostgreSQL manual, §8.15.2): one parameter of a statement carries a column of a whole batch. */
type Maybe<Item> = Item | null | undefined;

/** Also of anything else that needs no quotes. */
export function uuidArray(items: readonly Maybe<string>[]): string {
  return `{${items.map((item) => item ?? 'NULL').join(',')}}`;
}

export function momentArray(items: readonly Maybe<Date>[]): string {
  return uuidArray(items.map((item) => item?.toISOString()));
}

/** For `decode(…, 'hex')`. */
export function hexArray(items: readonly Maybe<Uint8Array>[]): string {
  return textArray(items.map((item) => item && Buffer.from(item.buffer, item.byteOffset, item.byteLength).toString('hex')));
}

export function textArray(items: readonly Maybe<string>[]): string {
  return `{${items.map((item) => (item == null ? 'NULL' : `"${item.replace(/["\\]/g, '\\$&')}"`)).join(',')}}`;
}

/** An array has no rows of different lengths, so that each list travels as the text of an array of its own. */
export function textsArray(items: readonly Maybe<readonly string[]>[]): string {
  return textArray(items.map((item) => item && textArray(item)));
}
