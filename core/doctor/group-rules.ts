import { type DeploymentGroup, describeGroup } from '../deployment-group.ts';
import { revisionToLaunch } from '../launch-guard/revision-to-launch.ts';
import type { Finding } from './finding.ts';
import type { Observation, ObservedAutoScalingGroup } from './observation.ts';
import { ownersOf } from './our-hooks.ts';

/** What is wrong with one deployment group, whatever its hooks look like. */
export function examineDeploymentGroup(owner: DeploymentGroup, observation: Observation): readonly Finding[] {
  return [...launchesHeld(owner), ...autoScalingGroupsGone(owner, observation)];
}

function launchesHeld(owner: DeploymentGroup): readonly Finding[] {
  const held = owner.launchGuard?.heldGroups ?? [];
  if (held.length === 0) return [];
  const { applicationName, deploymentGroupName } = owner;
  const next = revisionToLaunch(owner);
  const because = 'because' in next && next.because !== undefined ? `: ${next.because}` : '';
  return [
    {
      name: 'LaunchesHeld',
      deploymentGroup: { applicationName, deploymentGroupName },
      problem: `${describeGroup(owner)} launches no instances in ${held.join(' and ')}${because}.`,
      remedy:
        'Deploy a revision that works, or try this one again: ' +
        `slipway resume --application ${applicationName} --group ${deploymentGroupName}.`,
    },
  ];
}

function autoScalingGroupsGone(owner: DeploymentGroup, { autoScalingGroups }: Observation): readonly Finding[] {
  const there = new Set(autoScalingGroups.map(({ autoScalingGroupName }) => autoScalingGroupName));
  const gone = owner.settings?.autoScalingGroups.filter((name) => !there.has(name)) ?? [];
  const { applicationName, deploymentGroupName } = owner;
  return gone.map((autoScalingGroupName) => ({
    name: 'AutoScalingGroupGone',
    autoScalingGroupName,
    deploymentGroup: { applicationName, deploymentGroupName },
    problem: `${describeGroup(owner)} names the Auto Scaling group ${autoScalingGroupName}, which is no more.`,
    remedy:
      'Update the deployment group with the Auto Scaling groups that there are (aws deploy update-deployment-group).',
  }));
}

/** How CodeDeploy itself calls its hooks; an id follows. */
const CODE_DEPLOY_HOOK = /^CodeDeploy-managed-automatic-(launch|termination)-deployment-hook-/;

/** Hooks of AWS CodeDeploy on an Auto Scaling group that is deployed to by this engine. */
export function examineOthers(group: ObservedAutoScalingGroup, observation: Observation): readonly Finding[] {
  const { autoScalingGroupName, hooks } = group;
  if (ownersOf(group, observation).length === 0) return [];
  return hooks
    .filter(({ lifecycleHookName, notificationTargetArn }) => {
      return (
        CODE_DEPLOY_HOOK.test(lifecycleHookName) && notificationTargetArn !== observation.hookTarget.lifecycleQueueArn
      );
    })
    .map(({ lifecycleHookName }) => ({
      name: 'ServedByCodeDeploy',
      autoScalingGroupName,
      lifecycleHookName,
      problem:
        `AWS CodeDeploy deploys to ${autoScalingGroupName} as well, by its hook ${lifecycleHookName}: ` +
        'two deployments work on an instance at once, and each waits for its own.',
      remedy:
        'Take the Auto Scaling group out of its deployment group of AWS CodeDeploy, which removes the hook; ' +
        'if that group is gone, delete the hook (aws autoscaling delete-lifecycle-hook).',
    }));
}
