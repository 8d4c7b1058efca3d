import { z } from 'zod';
import { groupName } from '../group/group-input.ts';
import { operation } from '../operation.ts';

/** Target groups of a group; `InService` once a member was healthy in it. @throws AwsError ValidationError */
export const describeLoadBalancerTargetGroups = operation(
  z.object({ AutoScalingGroupName: groupName }),
  ({ AutoScalingGroupName }, { groups }) => {
    const { targetGroupArns, provenTargetGroups } = groups.get(AutoScalingGroupName).group;
    return {
      LoadBalancerTargetGroups: [...targetGroupArns].map((LoadBalancerTargetGroupARN) => ({
        LoadBalancerTargetGroupARN,
        State: provenTargetGroups.has(LoadBalancerTargetGroupARN) ? 'InService' : 'Added',
      })),
    };
  },
);
