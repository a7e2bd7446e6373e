import type { Page } from '../../application/ports/page.js';

/** The first `limit` of the rows; one more was asked for, to know whether there is a next page. */
export function firstPage<Item extends { readonly id: string }>(rows: readonly Item[], limit: number): Page<Item> {
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
