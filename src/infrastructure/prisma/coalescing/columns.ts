import { bytesArray, momentArray, textArray, textsArray, uuidArray } from './binary-array.js';

/** A part of every call of a batch: one parameter of the statement carries it of all of them. */
export interface Column<Call> {
  readonly name: string;
  /** Of one of them; the parameter is an array of it. */
  readonly type: string;
  /** What the statement reads it as, where it cannot travel as that. */
  readonly cast: string;
  readonly array: (calls: readonly Call[]) => Uint8Array;
}

export const uuid = kind('uuid', uuidArray);
export const moment = kind('timestamptz', momentArray);
export const bytes = kind('bytea', bytesArray);
export const text = kind('text', textArray);
/** Lists, each of which the statement reads as `text[]`. */
export const texts = kind('text', textsArray, '::text[]');

/** Makes columns of a type; the type and what writes it belong together. */
function kind<Item>(type: string, arrayOf: (items: readonly (Item | null | undefined)[]) => Uint8Array, cast = '') {
  return <Call>(name: string, of: (call: Call) => Item | null | undefined): Column<Call> => ({ name, type, cast, array: (calls) => arrayOf(calls.map(of)) });
}

/** The columns of a part of each call. */
export function partOf<Call, Part>(prefix: string, columns: readonly Column<Part>[], part: (call: Call) => Part): Column<Call>[] {
  return columns.map(({ name, array, ...rest }) => ({ ...rest, name: prefix + name, array: (calls) => array(calls.map(part)) }));
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
