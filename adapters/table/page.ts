/** A part of a longer list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Where the next page begins after; undefined when nothing follows. */
  readonly last: string | undefined;
}
