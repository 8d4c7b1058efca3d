import type { AutoScalingGroup } from '@aws-sdk/client-codedeploy';

import type { FleetDeployment } from '../../core/fleet-deployment.ts';
import type { Ports } from '../operation.ts';
import type { IdentifiedGroup } from '../validation/deployment-group.ts';
import { removeHooks } from './hooks.ts';
import { releaseConfig } from './use-config.ts';

/**
 * Takes away all that a group leaves elsewhere: launches that it holds, hooks and its use of a config where the API made it, tags, deployments
 * that have ended, history. The record goes last and is not touched here, so that whoever repeats a deletion finds what is left.
 * @returns hooks that could not be removed
 */
export async function dismantle(
  group: Omit<IdentifiedGroup, 'currentName'>,
  ports: Ports,
): Promise<AutoScalingGroup[]> {
  const { settings, deploymentGroupId } = group;
  const left = settings ? await removeHooks(group, settings.autoScalingGroups, ['launch', 'termination'], ports) : [];
  if (settings) await releaseConfig(settings.deploymentConfigName, deploymentGroupId, ports);
  await ports.resumeLaunches(group); // nobody would later: they were held for want of a revision of this group
  await ports.resourceTags.forget(deploymentGroupId);
  await forgetDeployments(deploymentGroupId, ports);
  await ports.groupDeployments.forget(deploymentGroupId);
  return left;
}

/** A deployment that runs is left to end, with its record; one that has not begun finds its group missing, and fails. */
async function forgetDeployments(deploymentGroupId: string, ports: Ports): Promise<void> {
  const { activeDeploymentId } = await ports.groupDeployments.history(deploymentGroupId);
  const running = await forgetEnded(deploymentGroupId, ports);
  for (const { deploymentId, status } of running) {
    // Its creation may have broken off.
    if (status === 'Created') await ports.fleetExecutions.start(deploymentId, { deploymentId });
  }
  // The list may lag behind the records.
  if (activeDeploymentId === undefined || (await ports.fleetDeployments.forget(activeDeploymentId))) return;
  await ports.groupDeployments.release(deploymentGroupId, activeDeploymentId);
}

/** @returns those that have not ended */
async function forgetEnded(
  deploymentGroupId: string,
  { deploymentList, fleetDeployments }: Ports,
): Promise<readonly FleetDeployment[]> {
  const running: FleetDeployment[] = [];
  let after: string | undefined;
  do {
    const page = await deploymentList.ids({ deploymentGroupId, after, limit: DEPLOYMENTS_AT_ONCE });
    const left = await Promise.all(page.items.map((deploymentId) => fleetDeployments.forget(deploymentId)));
    running.push(...left.filter((deployment) => deployment !== undefined));
    after = page.last;
  } while (after !== undefined);
  return running;
}

/** A table on demand takes far more side by side. */
const DEPLOYMENTS_AT_ONCE = 25;
