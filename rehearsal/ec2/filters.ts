import { z } from 'zod';
import { AwsError } from '../endpoint/service.ts';
import { listOf, texts } from './input.ts';

/** `Filter.1.Name`, `Filter.1.Value.1`. */
export const filters = listOf(z.object({ Name: z.string(), Value: texts.default([]) })).default([]);
type Filter = z.output<typeof filters>[number];

/** What a filter of some name sees in a thing; undefined for a filter that the thing does not know. */
export type FilterView = (filterName: string) => readonly string[] | undefined;

/**
 * Whether something passes all filters; of one filter's values any may match, `*` and `?` stand for text and a character.
 * @throws AwsError InvalidParameterValue for a filter that is not played here
 */
export function passes(applied: readonly Filter[], view: FilterView): boolean {
  return applied.every(({ Name, Value }) => {
    const seen = view(Name);
    if (!seen) throw new AwsError('InvalidParameterValue', `The filter '${Name}' is invalid`);
    return Value.some((wanted) => seen.some((value) => like(wanted, value)));
  });
}

/** Filters over tags: `tag:<key>`, `tag-key`, `tag-value`. */
export function tagFilter(name: string, tags: ReadonlyMap<string, string>): readonly string[] | undefined {
  if (name === 'tag-key') return [...tags.keys()];
  if (name === 'tag-value') return [...tags.values()];
  if (!name.startsWith('tag:')) return undefined;
  const value = tags.get(name.slice('tag:'.length));
  return value === undefined ? [] : [value];
}

function like(pattern: string, value: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern === value;
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(value);
}
