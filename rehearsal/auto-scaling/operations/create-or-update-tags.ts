import { z } from 'zod';
import { listOf } from '../../ec2/input.ts';
import { validationError } from '../faults.ts';
import { readTags, tagInput } from '../group/group-input.ts';
import { operation } from '../operation.ts';

/** Adds tags to groups, or changes them; instances that run already keep theirs. @throws AwsError ValidationError */
export const createOrUpdateTags = operation(z.object({ Tags: listOf(tagInput) }), ({ Tags }, { groups }) => {
  for (const tag of Tags) {
    if (tag.ResourceId === undefined) throw validationError('Each tag must name the group it belongs to: ResourceId.');
    const { tags } = groups.get(tag.ResourceId).group;
    for (const [key, value] of readTags([tag])) tags.set(key, value);
  }
});
