import { BatchLimitExceeded } from '../errors/request-errors.ts';

/** @throws BatchLimitExceeded when a list is longer than the operation takes */
export function checkBatch<Item>(items: readonly Item[], limit: number): readonly Item[] {
  if (items.length > limit) throw new BatchLimitExceeded(items.length, limit);
  return items;
}
