import type { ArrivingStore, LeavingStore, MovedRecord } from '../../application/ports/moved-store.js';
import { textOf } from '../record-text.js';

export interface KindCheck {
  readonly table: string;
  readonly rows: number;
  /** Records that are not the same in both, or not in both. */
  readonly differences: number;
}

interface Comparison {
  readonly from: LeavingStore;
  readonly to: ArrivingStore;
  readonly kind: string;
  readonly pageSize: number;
  readonly report: (done: number) => void;
}

/**
 * Compares all records of a kind, those of the old store and those that only the new one has. Whatever changed and is not copied yet is left out: changes are
 * noted by the step that makes them and looked at after the record was read, and the new store changes by what is copied only, so every other record must be
 * the same.
 */
export async function compareKind({ from, to, kind, pageSize, report }: Comparison): Promise<KindCheck> {
  let [rows, differences] = [0, 0];
  for (let after: string | null = null, more = true; more; ) {
    const page = await from.page(kind, after, pageSize);
    const keys = page.records.map(({ key }) => key);
    differences += await countDifferences(from, kind, page.records, await to.read(kind, keys));
    rows += page.records.length;
    report(rows);
    [after, more] = [page.next, page.next !== null];
  }
  for (let after: string | null = null, more = true; more; ) {
    const page = await to.page(kind, after, pageSize);
    const there = await from.read(
      kind,
      page.records.map(({ key }) => key),
    );
    const known = new Set(there.map(({ key }) => key));
    const extra = page.records.filter(({ key }) => !known.has(key));
    differences += await countDifferences(from, kind, [], extra);
    [after, more] = [page.next, page.next !== null];
  }
  return { table: kind, rows, differences };
}

async function countDifferences(from: LeavingStore, kind: string, originals: readonly MovedRecord[], copies: readonly MovedRecord[]): Promise<number> {
  const textsOf = (records: readonly MovedRecord[]) => new Map(records.map(({ key, value }) => [key, comparable(value)]));
  const [left, right] = [textsOf(originals), textsOf(copies)];
  const differing = [...new Set([...left.keys(), ...right.keys()])].filter((key) => left.get(key) !== right.get(key));
  if (differing.length === 0) return 0;
  const pending = new Set((await from.changes(100_000)).filter((change) => change.kind === kind).map(({ key }) => key));
  return differing.filter((key) => !pending.has(key)).length;
}

/** The same text for the same record, whatever order its fields are in and whichever class of bytes it has. */
function comparable(value: object): string {
  return textOf(value, true);
}
