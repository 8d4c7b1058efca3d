import { randomUUID } from 'node:crypto';
import type { ResourceType } from '../../cloudformation/resource-type.ts';
import type { Ground } from '../../part.ts';

/** `AWS::AutoScaling::ScalingPolicy`: it gets its ARN; no metric of a rehearsal drives it. */
export function scalingPolicyResource({ region, accountId }: Ground): ResourceType {
  const arnOf = (group: unknown, name: string): string =>
    `arn:aws:autoscaling:${region}:${accountId}:scalingPolicy:${randomUUID()}:autoScalingGroupName/${String(group)}:policyName/${name}`;
  return {
    create: ({ AutoScalingGroupName }, { generateName }) => {
      const PolicyName = generateName(255);
      const Arn = arnOf(AutoScalingGroupName, PolicyName);
      return Promise.resolve({ physicalId: Arn, attributes: { Arn, PolicyName } });
    },
    update: (Arn) => {
      const PolicyName = Arn.slice(Arn.lastIndexOf('/') + 1);
      return Promise.resolve({ physicalId: Arn, attributes: { Arn, PolicyName } });
    },
    delete: () => Promise.resolve(),
  };
}
