import { z } from 'zod';
import { listOf } from '../../ec2/input.ts';
import { tagInput } from '../group/group-input.ts';
import { operation } from '../operation.ts';

/** Removes tags from groups; tags that are not there do no harm. @throws AwsError ValidationError */
export const deleteTags = operation(z.object({ Tags: listOf(tagInput) }), ({ Tags }, { groups }) => {
  for (const { ResourceId, Key } of Tags) groups.get(ResourceId ?? '').group.tags.delete(Key);
});
