import type { Page, PageRequest } from '../application/ports/page.js';

/** All pages of a list, asked for one after the other. Throws when a page is larger than asked for, or when the list does not end. */
export async function pagesOf<Item, Place = string>(list: (page: PageRequest<Place>) => Promise<Page<Item, Place>>, limit: number): Promise<Item[][]> {
  const pages: Item[][] = [];
  let page = await list({ limit });
  for (;;) {
    if (page.items.length > limit) throw new Error(`${page.items.length} items on a page of ${limit}`);
    pages.push([...page.items]);
    if (page.next === null) return pages;
    if (pages.length > 1000) throw new Error('the list does not end');
    page = await list({ limit, after: page.next });
  }
}
