import { z } from 'zod';
import { wholeNumber } from '../../ec2/input.ts';
import { page } from '../../ec2/page.ts';
import { AwsError } from '../../endpoint/service.ts';
import { warmMembers } from '../group/auto-scaling-group.ts';
import { groupName } from '../group/group-input.ts';
import { memberView, warmPoolView } from '../group/group-view.ts';
import { operation } from '../operation.ts';

const rules = z.object({
  AutoScalingGroupName: groupName,
  MaxRecords: wholeNumber.min(1).max(50).default(50),
  NextToken: z.string().optional(),
});

/** The warm pool of a group with its instances, which DescribeAutoScalingGroups does not list. @throws AwsError InvalidNextToken */
export const describeWarmPool = operation(rules, (input, { groups }) => {
  const { group } = groups.get(input.AutoScalingGroupName);
  const { items, nextToken } = page(warmMembers(group), {
    size: input.MaxRecords,
    token: input.NextToken,
    invalidToken: () => new AwsError('InvalidNextToken', `The token '${input.NextToken}' is invalid.`),
  });
  return {
    ...(group.warmPool && { WarmPoolConfiguration: warmPoolView(group.warmPool) }),
    Instances: items.map((member) => memberView(member)),
    NextToken: nextToken,
  };
});
