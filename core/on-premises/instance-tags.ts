import type { Tags } from '../fleet/tag-filter.ts';

/** CodeDeploy's quota of tags for an on-premises instance. */
export const MOST_INSTANCE_TAGS = 10;

/** A tag as callers write it. */
export interface InstanceTag {
  readonly key: string;
  readonly value: string;
}

/** What is wrong with tags for on-premises instances, by whose keys and values groups find them; undefined when nothing is. */
export function faultInInstanceTags(tags: readonly InstanceTag[]): string | undefined {
  for (const { key, value } of tags) {
    if (key.length === 0 || key.length > 128) return `The tag key “${key}” must have 1 to 128 characters`;
    if (value.length === 0 || value.length > 256) return `The value of the tag ${key} must have 1 to 256 characters`;
  }
  const keys = tags.map(({ key }) => key);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  return twice === undefined ? undefined : `The tag key ${twice} is given twice`;
}

/** A key that is there gets its new value. */
export function withTags(tags: Tags, added: Tags): Tags {
  return { ...tags, ...added };
}

/** What matches by key and value goes; what matches by key only, or not at all, does not matter. */
export function withoutTags(tags: Tags, removed: Tags): Tags {
  return Object.fromEntries(
    Object.entries(tags).filter(([key, value]) => !Object.hasOwn(removed, key) || removed[key] !== value),
  );
}
