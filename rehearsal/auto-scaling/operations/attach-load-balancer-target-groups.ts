import { z } from 'zod';
import { texts } from '../../ec2/input.ts';
import { groupName } from '../group/group-input.ts';
import { operation } from '../operation.ts';

const rules = z.object({ AutoScalingGroupName: groupName, TargetGroupARNs: texts });

/** Gives a group further target groups; members that serve are registered with them. @throws AwsError ValidationError */
export const attachLoadBalancerTargetGroups = operation(rules, async (input, { groups, around }) => {
  const { group } = groups.get(input.AutoScalingGroupName);
  around.traffic.requireTargetGroups(input.TargetGroupARNs);
  for (const arn of input.TargetGroupARNs) group.targetGroupArns.add(arn);
  const serving = [...group.members.values()].filter(({ lifecycleState }) => lifecycleState === 'InService');
  await Promise.all(serving.map(({ instanceId }) => around.traffic.register(input.TargetGroupARNs, instanceId)));
  return {};
});
