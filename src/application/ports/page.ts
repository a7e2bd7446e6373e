/** A slice of a list: at most `limit` items after the place `after`, the id of an item unless the list says otherwise; without it, or with `undefined`, from the beginning. */
export interface PageRequest<Place = string> {
  readonly limit: number;
  readonly after?: Place;
}

/** `next` is the `after` of the following page; `null` at the end. Items added meanwhile neither shift nor repeat what follows. */
export interface Page<T, Place = string> {
  readonly items: readonly T[];
  readonly next: Place | null;
}
