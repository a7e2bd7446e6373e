import { z } from 'zod';
import type { Page } from '../../application/ports/page.js';

const usualLimit = 20;
const limitRule = 'must be a whole number from 1 to 100';

/** The query of every list. */
export const pageQuery = z.strictObject({
  limit: z.coerce
    .number(limitRule)
    .int(limitRule)
    .min(1, limitRule)
    .max(100, limitRule)
    .default(usualLimit)
    .meta({ description: `How many at most, from 1 to 100; ${usualLimit} when left out.` }),
  cursor: z.string().optional().meta({ description: 'The `next_cursor` of the page before.' }),
});

/** A page on the wire. The cursor comes from the id after which the next page starts. */
export function pageOf<Item extends z.ZodType>(id: string, item: Item) {
  return z
    .object({
      data: z.array(item),
      next_cursor: z
        .string()
        .nullable()
        .meta({ description: 'The `cursor` of the next page; `null` at the end. It cannot be read, made or used for another list.' }),
    })
    .meta({ id });
}

/** What a list's `handle` gives: the items on the wire, and after which id the next page starts. */
export function onTheWire<Item, Wire>({ items, next }: Page<Item>, wire: (item: Item) => Wire): { data: Wire[]; next_cursor: string | null } {
  return { data: items.map(wire), next_cursor: next };
}
