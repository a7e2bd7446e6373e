import * as parameters from './binary-array.js';

/** A part of every call of a batch: one parameter of the statement carries it of all of them. */
export interface Column<Call> {
  readonly name: string;
  /** Of one of them; the parameter is an array of it. */
  readonly type: string;
  /** What the statement reads it as, where it cannot travel as that. */
  readonly cast: string;
  readonly array: (calls: readonly Call[]) => Uint8Array;
  /** The parameter of a call that comes alone; of the same type. */
  readonly item: (call: Call) => Uint8Array | null;
}

export const uuid = kind('uuid', parameters.uuids);
export const moment = kind('timestamptz', parameters.moments);
export const bytes = kind('bytea', parameters.bytes);
export const text = kind('text', parameters.texts);
/** Lists, each of which the statement reads as `text[]`. */
export const lists = kind('text', parameters.lists, '::text[]');

/** Makes columns of a type; the type and what writes it belong together. */
function kind<Item>(type: string, { array, item }: parameters.Writer<Item>, cast = '') {
  return <Call>(name: string, of: (call: Call) => Item | null | undefined): Column<Call> => ({
    name,
    type,
    cast,
    array: (calls) => array(calls.map(of)),
    item: (call) => item(of(call)),
  });
}

/** The columns of a part of each call. */
export function partOf<Call, Part>(prefix: string, columns: readonly Column<Part>[], part: (call: Call) => Part): Column<Call>[] {
  return columns.map(({ name, array, item, ...rest }) => ({
    ...rest,
    name: prefix + name,
    array: (calls) => array(calls.map(part)),
    item: (call) => item(part(call)),
  }));
}

export function namesOf(columns: readonly Column<never>[]): string {
  return columns.map(({ name }) => name).join(', ');
}

/** The columns of rows whose names begin with `prefix`, each as what it is. */
export function selected(prefix: string, columns: readonly Column<never>[]): string {
  return columns.map(({ name, cast }) => prefix + name + cast).join(', ');
}

/** The calls of a batch as rows, each with its place. */
export function rowsOf(columns: readonly Column<never>[], alias: string): string {
  const arrays = columns.map(({ type }, index) => `$${index + 1}::${type}[]`).join(', ');
  return `unnest(${arrays}) WITH ORDINALITY AS ${alias} (${namesOf(columns)}, place)`;
}

export function valuesOf<Call>(columns: readonly Column<Call>[], calls: readonly Call[]): Uint8Array[] {
  return columns.map(({ array }) => array(calls));
}

/** The same of a call that comes alone. */
export function valuesOfOne<Call>(columns: readonly Column<Call>[], call: Call): (Uint8Array | null)[] {
  return columns.map(({ item }) => item(call));
}
