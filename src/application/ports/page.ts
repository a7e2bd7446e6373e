/** A slice of a list: at most `limit` items after the one whose id is `after`; without it, or with `undefined`, from the beginning. */
export interface PageRequest {
  readonly limit: number;
  readonly after?: string;
}

/** `next` is the `after` of the following page; `null` at the end. Items added meanwhile neither shift nor repeat what follows. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}
