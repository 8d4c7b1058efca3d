import { describeGroup, targetRevision } from '../deployment-group.ts';
import type { Finding } from './finding.ts';
import type { Observation, ObservedAutoScalingGroup, ObservedInstance } from './observation.ts';
import { ownersOf } from './our-hooks.ts';

/** Lifecycle states in which an instance has passed its launch hooks and has not met those of its termination. */
const SERVES: ReadonlySet<string> = new Set(['InService', 'Standby']);

/** Instances that serve, for whose record doctor looks. */
export function instancesInQuestion({ instances }: ObservedAutoScalingGroup): readonly ObservedInstance[] {
  return instances.filter(({ lifecycleState }) => SERVES.has(lifecycleState));
}

/** Instances that serve and were never deployed to: of deployment groups that have something to deploy. */
export function examineInstances(group: ObservedAutoScalingGroup, observation: Observation): readonly Finding[] {
  const owners = ownersOf(group, observation).filter((owner) => targetRevision(owner) !== undefined);
  return instancesInQuestion(group).flatMap(({ instanceId, lifecycleState }) => {
    const host = observation.hosts.get(instanceId);
    if (host?.isBusy) return [];
    return owners
      .filter((owner) => !host?.deployedBy.includes(describeGroup(owner)))
      .map(({ applicationName, deploymentGroupName }): Finding => ({
        name: 'InstanceNeverDeployedTo',
        autoScalingGroupName: group.autoScalingGroupName,
        instanceId,
        deploymentGroup: { applicationName, deploymentGroupName },
        problem:
          `${instanceId} of ${group.autoScalingGroupName} is ${lifecycleState}, and no deployment of ` +
          `${describeGroup({ applicationName, deploymentGroupName })} ever succeeded on it.`,
        remedy: `Deploy to the group (slipway deploy), or let Auto Scaling replace the instance.`,
      }));
  });
}
