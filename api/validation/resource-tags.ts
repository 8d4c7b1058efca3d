import type { Tag } from '@aws-sdk/client-codedeploy';

import { faultInTags } from '../../core/resource-tags.ts';
import { InvalidTagsToAdd } from '../errors/tag-errors.ts';

/** Values by key. @throws InvalidTagsToAdd naming the tag that is wrong */
export function checkTags(tags: readonly Tag[] = []): Readonly<Record<string, string>> {
  const read = tags.map(({ Key: key = '', Value: value = '' }) => ({ key, value }));
  const fault = faultInTags(read);
  if (fault !== undefined) throw new InvalidTagsToAdd(fault);
  return Object.fromEntries(read.map(({ key, value }) => [key, value]));
}
