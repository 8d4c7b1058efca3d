import type { Finding } from './finding.ts';
import { examineDeploymentGroup, examineOthers } from './group-rules.ts';
import { examineHooks } from './hook-rules.ts';
import { examineInstances } from './instance-rules.ts';
import { examineSharing } from './sharing-rules.ts';
import type { Observation } from './observation.ts';

/** All that is not as it should be, what concerns everything first. */
export function examine(observation: Observation): readonly Finding[] {
  return [
    ...examineDelivery(observation),
    ...observation.autoScalingGroups.flatMap((group) => [
      ...examineHooks(group, observation),
      ...examineSharing(group, observation),
      ...examineOthers(group, observation),
      ...examineInstances(group, observation),
    ]),
    ...observation.deploymentGroups.flatMap((group) => examineDeploymentGroup(group, observation)),
  ];
}

function examineDelivery({ delivery, hookTarget }: Observation): readonly Finding[] {
  if (delivery.kind !== 'refused') return [];
  return [
    {
      name: 'DeliveryRefused',
      problem: `Auto Scaling cannot tell the engine of its instances any more: ${delivery.message}`,
      remedy:
        `Compare the role ${hookTarget.hookRoleArn} and the queue ${hookTarget.lifecycleQueueArn} with the engine’s ` +
        'template (CloudFormation detects their drift), and undo what was changed by hand.',
    },
  ];
}
