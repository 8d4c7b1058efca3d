import type { Sizes } from './sizes.ts';

/** How much a warm pool keeps ready. */
export interface WarmPoolBounds {
  /** Of the group and its pool together. @default the group's maximum */
  readonly maxGroupPreparedCapacity?: number;
  readonly minSize: number;
}

/** How many instances a warm pool should have: what the group may still grow by, but never less than its own minimum. */
export function warmPoolSize({ max, desired }: Sizes, { maxGroupPreparedCapacity, minSize }: WarmPoolBounds): number {
  return Math.max(minSize, (maxGroupPreparedCapacity ?? max) - desired, 0);
}
