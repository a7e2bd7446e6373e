/** Array literals (PostgreSQL manual, §8.15.2): one parameter of a statement carries a column of a whole batch. */
type Maybe<Item> = Item | null | undefined;

/** Also of anything else that needs no quotes. */
export function uuidArray(items: readonly Maybe<string>[]): string {
  return literal(items, (item) => item);
}

export function momentArray(items: readonly Maybe<Date>[]): string {
  return literal(items, isoText);
}

/** For `decode(…, 'hex')`. */
export function hexArray(items: readonly Maybe<Uint8Array>[]): string {
  return literal(items, (item) => `"${Buffer.from(item.buffer, item.byteOffset, item.byteLength).toString('hex')}"`);
}

export function textArray(items: readonly Maybe<string>[]): string {
  return literal(items, quoted);
}

/** An array has no rows of different lengths, so that each list travels as the text of an array of its own. */
export function textsArray(items: readonly Maybe<readonly string[]>[]): string {
  // Calls that came together mostly name the same scopes and resources.
  let before: readonly string[] | undefined;
  let text = '';
  return literal(items, (item) => {
    if (before === undefined || !areEqual(before, item)) text = quoted(textArray(item));
    before = item;
    return text;
  });
}

function quoted(item: string): string {
  return `"${/["\\]/.test(item) ? item.replace(/["\\]/g, '\\$&') : item}"`;
}

function areEqual(one: readonly string[], other: readonly string[]): boolean {
  return one === other || (one.length === other.length && one.every((item, index) => item === other[index]));
}

function literal<Item>(items: readonly Maybe<Item>[], element: (item: Item) => string): string {
  let text = '';
  for (const item of items) text += `${text === '' ? '{' : ','}${item == null ? 'NULL' : element(item)}`;
  return text === '' ? '{}' : `${text}}`;
}

let latest = { moment: Number.NaN, text: '' };

/** Calls that came together mostly say the same moments. */
function isoText(moment: Date): string {
  if (moment.getTime() !== latest.moment) latest = { moment: moment.getTime(), text: moment.toISOString() };
  return latest.text;
}
