type Maybe<Item> = Item | null | undefined;

interface Encoding<Item> {
  /** Its number in pg_type. */
  readonly type: number;
  /** Bytes that an item takes. */
  readonly size: (item: Item) => number;
  readonly write: (into: Buffer, at: number, item: Item) => void;
}

/**
 * Parameters in PostgreSQL's binary format. As an array (its `array_recv`), one parameter of a statement carries a column of a whole batch, and nothing but lists
 * has to be read from text. The type that the statement gives the parameter must be the one that is named here.
 */
export interface Writer<Item> {
  readonly array: (items: readonly Maybe<Item>[]) => Uint8Array;
  /** The parameter of a call that comes alone. */
  readonly item: (item: Maybe<Item>) => Uint8Array | null;
}

/** `uuid[]`. Throws a `RangeError` for what is no UUID (RFC 9562 §4). */
export const uuids: Writer<string> = writer({ type: 2950, size: () => 16, write: writeUuid });
/** `timestamptz[]` */
export const moments: Writer<Date> = writer({ type: 1184, size: () => 8, write: writeMoment });
/** `bigint[]`, of safe integers. */
export const integers: Writer<number> = writer({ type: 20, size: () => 8, write: writeSafeInteger });

const asTheyAre = { size: ({ length }: Uint8Array) => length, write: (into: Buffer, at: number, item: Uint8Array) => into.set(item, at) };
/** `bytea[]` */
export const bytes: Writer<Uint8Array> = { ...writer({ type: 17, ...asTheyAre }), item: (item) => item ?? null };

/** `text[]` */
export const texts: Writer<string> = textWriter(String, Object.is);
/** `text[]`: an array has no rows of different lengths, so that each list travels as the text of an array of its own (PostgreSQL manual, §8.15.2). */
export const lists: Writer<readonly string[]> = textWriter(literal, areEqual);

function writer<Item>(encoding: Encoding<Item>): Writer<Item> {
  return { array: (items) => array(encoding, items), item: (item) => (item == null ? null : itself(encoding, item)) };
}

function textWriter<Item>(text: (item: Item) => string, areSame: (one: Item, other: Item) => boolean): Writer<Item> {
  const encoding = { type: 25, ...asTheyAre };
  return { array: (items) => array(encoding, inUtf8(items, text, areSame)), item: (item) => (item == null ? null : Buffer.from(text(item))) };
}

function itself<Item>({ size, write }: Encoding<Item>, item: Item): Uint8Array {
  const into = Buffer.allocUnsafe(size(item));
  write(into, 0, item);
  return into;
}

/** Before the items: one dimension, whether there are nulls, the type; length, first index. */
const headerBytes = 20;
const sizeBytes = 4;

/** Each item stands behind its size, -1 for null. */
function array<Item>({ type, size, write }: Encoding<Item>, items: readonly Maybe<Item>[]): Uint8Array {
  let [length, nulls] = [headerBytes, 0];
  for (const item of items) {
    length += sizeBytes;
    if (item == null) nulls = 1;
    else length += size(item);
  }
  const into = Buffer.allocUnsafe(length);
  for (const [index, word] of [1, nulls, type, items.length, 1].entries()) into.writeInt32BE(word, index * 4);
  let at = headerBytes;
  for (const item of items) {
    const itemSize = item == null ? -1 : size(item);
    at = into.writeInt32BE(itemSize, at);
    if (item == null) continue;
    write(into, at, item);
    at += itemSize;
  }
  return into;
}

/** What a hexadecimal digit is worth, by its code; negative for anything else. */
const worth = Int8Array.from({ length: 128 }, (_, code) => '0123456789abcdef'.indexOf(String.fromCharCode(code).toLowerCase()));
const hyphen = '-'.charCodeAt(0);

function writeUuid(into: Buffer, at: number, id: string): void {
  let isWrong = id.length !== 36;
  for (let from = 0, to = at; to < at + 16; from += 2, to += 1) {
    if (from === 8 || from === 13 || from === 18 || from === 23) {
      if (id.charCodeAt(from) !== hyphen) isWrong = true;
      from += 1;
    }
    const value = ((worth[id.charCodeAt(from)] ?? -1) << 4) | (worth[id.charCodeAt(from + 1)] ?? -1);
    if (value < 0) isWrong = true;
    into[to] = value;
  }
  if (isWrong) throw new RangeError('not a UUID');
}

/** Microseconds since 2000. */
function writeMoment(into: Buffer, at: number, moment: Date): void {
  const milliseconds = moment.getTime();
  if (Number.isNaN(milliseconds)) throw new RangeError('not a moment');
  writeInteger(into, at, (milliseconds - Date.UTC(2000)) * 1000);
}

function writeSafeInteger(into: Buffer, at: number, value: number): void {
  if (!Number.isSafeInteger(value)) throw new RangeError('not a safe integer');
  writeInteger(into, at, value);
}

const twoTo32 = 2 ** 32;

/** Faster than by way of a BigInt. The microseconds of the year 2285 and later are rounded, by much less than a millisecond. */
function writeInteger(into: Buffer, at: number, value: number): void {
  const high = Math.floor(value / twoTo32);
  into.writeInt32BE(high, at);
  into.writeUInt32BE(value - high * twoTo32, at + 4);
}

/** Calls that came together mostly name the same client, scopes and resources. */
function inUtf8<Item>(items: readonly Maybe<Item>[], text: (item: Item) => string, areSame: (one: Item, other: Item) => boolean) {
  let before: { readonly item: Item; readonly encoded: Uint8Array } | undefined;
  return items.map((item) => {
    if (item == null) return null;
    if (before === undefined || !areSame(before.item, item)) before = { item, encoded: Buffer.from(text(item)) };
    return before.encoded;
  });
}

function literal(items: readonly string[]): string {
  return `{${items.map((item) => `"${/["\\]/.test(item) ? item.replace(/["\\]/g, '\\$&') : item}"`).join(',')}}`;
}

function areEqual(one: readonly string[], other: readonly string[]): boolean {
  return one === other || (one.length === other.length && one.every((item, index) => item === other[index]));
}
