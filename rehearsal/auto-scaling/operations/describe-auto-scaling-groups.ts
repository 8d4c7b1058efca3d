import { z } from 'zod';
import { flag, listOf, texts, wholeNumber } from '../../ec2/input.ts';
import { page } from '../../ec2/page.ts';
import { AwsError } from '../../endpoint/service.ts';
import { validationError } from '../faults.ts';
import type { AutoScalingGroup } from '../group/auto-scaling-group.ts';
import { groupView } from '../group/group-view.ts';
import { operation } from '../operation.ts';

const filter = z.object({ Name: z.string(), Values: texts.default([]) });
const rules = z.object({
  AutoScalingGroupNames: texts.default([]),
  Filters: listOf(filter).default([]),
  IncludeInstances: flag.default(true),
  MaxRecords: wholeNumber.min(1).max(100).default(50),
  NextToken: z.string().optional(),
});

/** Groups by name or filter; names that no group has are left out. @throws AwsError InvalidNextToken */
export const describeAutoScalingGroups = operation(rules, (input, { groups, around }) => {
  const { AutoScalingGroupNames: names, Filters } = input;
  const chosen = groups
    .list()
    .map(({ group }) => group)
    .filter(({ name }) => names.length === 0 || names.includes(name))
    .filter((group) => Filters.every((applied) => matches(group, applied)));
  const { items, nextToken } = page(chosen, {
    size: input.MaxRecords,
    token: input.NextToken,
    invalidToken: () => new AwsError('InvalidNextToken', `The token '${input.NextToken}' is invalid.`),
  });
  return {
    AutoScalingGroups: items.map((group) => groupView(group, around.ground.accountId, input.IncludeInstances)),
    NextToken: nextToken,
  };
});

function matches({ tags }: AutoScalingGroup, { Name, Values }: z.output<typeof filter>): boolean {
  const seen = [...tags.values()];
  if (Name === 'tag-key') return seen.some(({ key }) => Values.includes(key));
  if (Name === 'tag-value') return seen.some(({ value }) => Values.includes(value));
  if (!Name.startsWith('tag:')) throw validationError(`Filter name ${Name} is not supported.`);
  const tag = tags.get(Name.slice('tag:'.length));
  return tag !== undefined && Values.includes(tag.value);
}
