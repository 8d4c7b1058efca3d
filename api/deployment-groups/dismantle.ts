import type { AutoScalingGroup } from '@aws-sdk/client-codedeploy';

import type { Ports } from '../operation.ts';
import type { IdentifiedGroup } from '../validation/deployment-group.ts';
import { removeHooks } from './hooks.ts';
import { releaseConfig } from './use-config.ts';

/**
 * Takes away all that a group made through the API leaves elsewhere: hooks, its use of a config, tags, history. The
 * record goes last and is not touched here, so that whoever repeats a deletion finds what is left.
 * @returns hooks that could not be removed
 */
export async function dismantle(
  group: Omit<IdentifiedGroup, 'currentName'>,
  ports: Ports,
): Promise<AutoScalingGroup[]> {
  const { settings, deploymentGroupId } = group;
  const left = settings ? await removeHooks(group, settings.autoScalingGroups, ['launch', 'termination'], ports) : [];
  if (settings) await releaseConfig(settings.deploymentConfigName, deploymentGroupId, ports);
  await ports.resourceTags.forget(deploymentGroupId);
  await ports.groupDeployments.forget(deploymentGroupId);
  return left;
}
