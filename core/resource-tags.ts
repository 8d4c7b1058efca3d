/** A tag of an application, a deployment group or a deployment config. */
export interface ResourceTag {
  readonly key: string;
  readonly value: string;
}

/** AWS's quota of tags for any resource. */
export const MOST_RESOURCE_TAGS = 50;

/** What is wrong with tags that shall be added; undefined when nothing is. */
export function faultInTags(tags: readonly ResourceTag[]): string | undefined {
  for (const { key, value } of tags) {
    if (key.length === 0 || key.length > 128) return `The tag key “${key}” must have 1 to 128 characters`;
    if (value.length > 256) return `The value of the tag ${key} has more than 256 characters`;
    if (/^aws:/i.test(key)) return `The tag key ${key} begins with aws:, which is reserved`;
  }
  const keys = tags.map(({ key }) => key);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) return `The tag key ${twice} is given twice`;
  if (tags.length > MOST_RESOURCE_TAGS) return `A resource has ${MOST_RESOURCE_TAGS} tags at most`;
  return undefined;
}
