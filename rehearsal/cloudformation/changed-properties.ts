import { isDeepStrictEqual } from 'node:util';
import type { Properties } from './resource-type.ts';

/** Names of the properties that differ, sorted. */
export function changedProperties(before: Properties, after: Properties): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => !isDeepStrictEqual(before[name], after[name])).sort();
}
