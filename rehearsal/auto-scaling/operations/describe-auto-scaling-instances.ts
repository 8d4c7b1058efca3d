import { z } from 'zod';
import { texts, wholeNumber } from '../../ec2/input.ts';
import { page } from '../../ec2/page.ts';
import { AwsError } from '../../endpoint/service.ts';
import { memberView } from '../group/group-view.ts';
import { operation } from '../operation.ts';

const rules = z.object({
  InstanceIds: texts.default([]),
  MaxRecords: wholeNumber.min(1).max(50).default(50),
  NextToken: z.string().optional(),
});

/** Members of all groups. Unknown ids are left out; health is spelled in capitals here, unlike in the group. */
export const describeAutoScalingInstances = operation(rules, (input, { groups }) => {
  const managed =
    input.InstanceIds.length === 0
      ? groups.list()
      : [...new Set(input.InstanceIds.flatMap((id) => groups.ofInstance(id) ?? []))];
  const wanted = new Set(input.InstanceIds);
  const chosen = managed.flatMap(({ group }) =>
    [...group.members.values()]
      .filter(({ instanceId }) => wanted.size === 0 || wanted.has(instanceId))
      .map((member) => ({ member, groupName: group.name })),
  );
  const { items, nextToken } = page(chosen, {
    size: input.MaxRecords,
    token: input.NextToken,
    invalidToken: () => new AwsError('InvalidNextToken', `The token '${input.NextToken}' is invalid.`),
  });
  return {
    AutoScalingInstances: items.map(({ member, groupName }) => ({
      ...memberView(member),
      HealthStatus: member.healthStatus.toUpperCase(),
      AutoScalingGroupName: groupName,
    })),
    NextToken: nextToken,
  };
});
