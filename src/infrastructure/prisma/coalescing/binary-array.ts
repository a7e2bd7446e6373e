/**
 * Arrays in PostgreSQL's binary format (its `array_recv`): one parameter of a statement carries a column of a whole batch, and nothing but lists has to be
 * read from text. The type that the statement gives the parameter must be the one that is named here.
 */
type Maybe<Item> = Item | null | undefined;

interface Encoding<Item> {
  /** Its number in pg_type. */
  readonly type: number;
  /** Bytes that an item takes. */
  readonly size: (item: Item) => number;
  readonly write: (into: Buffer, at: number, item: Item) => void;
}

const uuids: Encoding<string> = { type: 2950, size: () => 16, write: writeUuid };
const moments: Encoding<Date> = { type: 1184, size: () => 8, write: writeMoment };
const integers: Encoding<number> = { type: 20, size: () => 8, write: writeSafeInteger };
const bytes: Encoding<Uint8Array> = { type: 17, size: ({ length }) => length, write: (into, at, item) => into.set(item, at) };
const texts: Encoding<Uint8Array> = { ...bytes, type: 25 };

/** `uuid[]`. Throws a `RangeError` for what is no UUID (RFC 9562 §4). */
export function uuidArray(items: readonly Maybe<string>[]): Uint8Array {
  return array(uuids, items);
}

/** `timestamptz[]` */
export function momentArray(items: readonly Maybe<Date>[]): Uint8Array {
  return array(moments, items);
}

/** `bytea[]` */
export function bytesArray(items: readonly Maybe<Uint8Array>[]): Uint8Array {
  return array(bytes, items);
}

/** `bigint[]`, of safe integers. */
export function integerArray(items: readonly Maybe<number>[]): Uint8Array {
  return array(integers, items);
}

/** `text[]` */
export function textArray(items: readonly Maybe<string>[]): Uint8Array {
  return array(texts, inUtf8(items, String));
}

/** `text[]`: an array has no rows of different lengths, so that each list travels as the text of an array of its own (PostgreSQL manual, §8.15.2). */
export function textsArray(items: readonly Maybe<readonly string[]>[]): Uint8Array {
  return array(texts, inUtf8(items, literal, areEqual));
}

/** Before the items: one dimension, whether there are nulls, the type; length, first index. */
const headerBytes = 20;
const sizeBytes = 4;

/** The item of an array of one that is not null, for a parameter that is no array. */
export function onlyItem(encoded: Uint8Array): Uint8Array {
  return encoded.subarray(headerBytes + sizeBytes);
}

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
function inUtf8<Item>(items: readonly Maybe<Item>[], text: (item: Item) => string, areSame: (one: Item, other: Item) => boolean = Object.is) {
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
