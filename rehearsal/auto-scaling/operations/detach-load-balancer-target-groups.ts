import { z } from 'zod';
import { texts } from '../../ec2/input.ts';
import { groupName } from '../group/group-input.ts';
import { operation } from '../operation.ts';

const rules = z.object({ AutoScalingGroupName: groupName, TargetGroupARNs: texts });

/** Takes target groups from a group; its members are drained there after the answer. @throws AwsError ValidationError */
export const detachLoadBalancerTargetGroups = operation(rules, (input, { groups, around }) => {
  const { group } = groups.get(input.AutoScalingGroupName);
  const attached = input.TargetGroupARNs.filter((arn) => group.targetGroupArns.delete(arn));
  for (const arn of attached) group.provenTargetGroups.delete(arn);
  for (const instanceId of group.members.keys()) void around.traffic.drain(attached, instanceId);
  return {};
});
