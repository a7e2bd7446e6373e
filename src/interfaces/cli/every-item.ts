import type { Page, PageRequest } from '../../application/ports/page.js';

const pageSize = 200;

/** The first `most` items of a list that is read page by page; all of them without `most`. */
export async function everyItem<T>(read: (page: PageRequest) => Promise<Page<T>>, most = Number.POSITIVE_INFINITY): Promise<T[]> {
  const items: T[] = [];
  let after: string | null = null;
  do {
    const limit = Math.min(pageSize, most - items.length);
    const page: Page<T> = await read(after === null ? { limit } : { limit, after });
    items.push(...page.items);
    after = page.next;
  } while (after !== null && items.length < most);
  return items;
}
