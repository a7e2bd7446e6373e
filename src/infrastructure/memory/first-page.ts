import type { Page } from '../../application/ports/page.js';
import { copyOf } from './copy-of.js';

/** The first `limit` of what is left of a list. */
export function firstPage<Item extends { readonly id: string }>(left: readonly Item[], limit: number): Page<Item> {
  const items = copyOf(left.slice(0, limit));
  return { items, next: left.length > limit ? (items.at(-1)?.id ?? null) : null };
}
