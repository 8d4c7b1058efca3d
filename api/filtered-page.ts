import type { Page } from '../adapters/table/page.ts';
import { PAGE_SIZE } from './paging.ts';

/** Reads one page of a list. @param after where the page before it ended */
export type ReadPage<Item> = (after: string | undefined, limit: number) => Promise<Page<Item>>;

/** A page of what passes a filter. It reads on until the page is full, so that no page is empty but the last. */
export async function filteredPage<Item>(
  read: ReadPage<Item>,
  passes: (item: Item) => boolean,
  after: string | undefined,
): Promise<Page<Item>> {
  const passed: Item[] = [];
  let last = after;
  do {
    // Never more than still fits: the page then ends where the reading ended.
    const page = await read(last, PAGE_SIZE - passed.length);
    passed.push(...page.items.filter(passes));
    last = page.last;
  } while (last !== undefined && passed.length < PAGE_SIZE);
  return { items: passed, last };
}

/** All of a list. */
export async function everyItem<Item>(read: ReadPage<Item>): Promise<readonly Item[]> {
  const items: Item[] = [];
  let last: string | undefined;
  do {
    const page = await read(last, MOST_AT_ONCE);
    items.push(...page.items);
    last = page.last;
  } while (last !== undefined);
  return items;
}

/** Far more than the megabyte holds that DynamoDB gives at once. */
const MOST_AT_ONCE = 10_000;
