import type { Page } from '../../application/ports/page.js';

/** The first `limit` of the rows; one more was asked for, to know whether there is a next page. */
export function firstPage<Item extends { readonly id: string }>(rows: readonly Item[], limit: number): Page<Item> {
  return firstPageBy(rows, limit, ({ id }) => id);
}

/** The same of rows whose places are no ids. */
export function firstPageBy<Item, Place>(rows: readonly Item[], limit: number, placeOf: (item: Item) => Place): Page<Item, Place> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: last !== undefined && rows.length > limit ? placeOf(last) : null };
}
