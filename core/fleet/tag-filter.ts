/** A tag to look for. A flat list of them selects whoever matches any. */
export type TagFilter =
  | { readonly Type: 'KEY_ONLY'; readonly Key: string }
  | { readonly Type: 'VALUE_ONLY'; readonly Value: string }
  | { readonly Type: 'KEY_AND_VALUE'; readonly Key: string; readonly Value: string };

/** How a deployment group selects by tags: any filter of a list, or any of each of several lists. */
export interface TagSelector {
  readonly filters?: readonly TagFilter[];
  readonly tagSet?: readonly (readonly TagFilter[])[];
}

/** Tags by their keys. */
export type Tags = Readonly<Record<string, string>>;

/** Whether the tags are selected. Nobody is selected by no filter at all. */
export function isSelected({ filters = [], tagSet = [] }: TagSelector, tags: Tags): boolean {
  return matchesAny(filters, tags) || (tagSet.length > 0 && tagSet.every((list) => matchesAny(list, tags)));
}

function matchesAny(filters: readonly TagFilter[], tags: Tags): boolean {
  return filters.some((filter) => matches(filter, tags));
}

function matches(filter: TagFilter, tags: Tags): boolean {
  switch (filter.Type) {
    case 'KEY_ONLY':
      return Object.hasOwn(tags, filter.Key);
    case 'VALUE_ONLY':
      return Object.values(tags).includes(filter.Value);
    case 'KEY_AND_VALUE':
      return Object.hasOwn(tags, filter.Key) && tags[filter.Key] === filter.Value;
  }
}
