import type { Input } from './input.ts';

/** `tags: [{ key, value }]` */
export function readTags(input: Input): ReadonlyMap<string, string> {
  return new Map((input.list('tags') as { key: string; value: string }[]).map(({ key, value }) => [key, value]));
}
