import pg from 'pg';

/** What PostgreSQL tells about a column of the answer. */
export interface Field {
  readonly name: string;
  readonly dataTypeID: number;
}

type Read = (text: string) => unknown;

/** How the rows of a statement become objects. */
export class RowShape {
  private readonly names: string[];
  private readonly reads: Read[];

  constructor(fields: readonly Field[]) {
    this.names = fields.map(({ name }) => name);
    this.reads = fields.map(({ dataTypeID }) => readers.get(dataTypeID) ?? (pg.types.getTypeParser(dataTypeID, 'text') as Read));
  }

  row(texts: readonly (string | null)[]): object {
    const row: Record<string, unknown> = {};
    for (let index = 0; index < this.names.length; index += 1) {
      const text = texts[index] as string | null;
      row[this.names[index] as string] = text === null ? null : (this.reads[index] as Read)(text);
    }
    return row;
  }
}

const { TIMESTAMPTZ, TEXT, UUID } = pg.types.builtins;
const textArray = 1009;

/** Of what every token has, faster than the driver reads it. */
const readers = new Map<number, Read>([
  [TEXT, (text) => text],
  [UUID, (text) => text],
  [TIMESTAMPTZ, moment],
  [textArray, texts],
]);

const readMoment = pg.types.getTypeParser(TIMESTAMPTZ, 'text') as Read;
const readTexts = pg.types.getTypeParser(textArray as typeof TEXT, 'text') as Read;

/** `2026-01-31 12:00:00.123+00`, in the time zone that every session of ours is in; the driver reads whatever else there is. */
function moment(text: string): unknown {
  if (text[4] !== '-' || text[0] === '0' || !text.endsWith('+00')) return readMoment(text);
  let milliseconds = 0;
  for (let at = 20; at < 23; at += 1) milliseconds = milliseconds * 10 + (at < text.length - 3 ? digit(text, at) : 0);
  const day = Date.UTC(two(text, 0) * 100 + two(text, 2), two(text, 5) - 1, two(text, 8));
  return new Date(day + ((two(text, 11) * 60 + two(text, 14)) * 60 + two(text, 17)) * 1000 + milliseconds);
}

function two(text: string, at: number): number {
  return digit(text, at) * 10 + digit(text, at + 1);
}

function digit(text: string, at: number): number {
  return text.charCodeAt(at) - 48;
}

/** Most tokens have the same few lists of scopes. */
const known = new Map<string, readonly string[]>();
const mostKnown = 1000;

function texts(text: string): unknown {
  const before = known.get(text);
  if (before) return before.slice();
  const list = readTexts(text) as string[];
  if (known.size >= mostKnown) known.clear();
  known.set(text, list);
  return list.slice();
}
