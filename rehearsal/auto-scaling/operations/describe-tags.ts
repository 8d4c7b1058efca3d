import { z } from 'zod';
import { listOf, texts } from '../../ec2/input.ts';
import { validationError } from '../faults.ts';
import { tagViews } from '../group/group-view.ts';
import { operation } from '../operation.ts';

const rules = z.object({
  Filters: listOf(z.object({ Name: z.string(), Values: texts.default([]) })).default([]),
});

/** Tags of all groups. @throws AwsError ValidationError for an unknown filter */
export const describeTags = operation(rules, ({ Filters }, { groups }) => ({
  Tags: groups
    .list()
    .flatMap(({ group }) => tagViews(group))
    .filter((tag) => Filters.every(({ Name, Values }) => Values.includes(seenBy(Name, tag)))),
}));

function seenBy(filter: string, tag: ReturnType<typeof tagViews>[number]): string {
  const seen: Record<string, string> = {
    'auto-scaling-group': tag.ResourceId,
    key: tag.Key,
    value: tag.Value,
    'propagate-at-launch': String(tag.PropagateAtLaunch),
  };
  const value = seen[filter];
  if (value === undefined) throw validationError(`Filter name ${filter} is not supported.`);
  return value;
}
