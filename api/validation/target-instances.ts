import type { TargetInstances } from '@aws-sdk/client-codedeploy';

import type { GroupSettings } from '../../core/group-settings.ts';
import { InvalidSetting } from '../errors/group-settings-errors.ts';
import { checkAutoScalingGroups } from './group-settings/auto-scaling-groups.ts';
import { checkTagFilters } from './group-settings/tag-filters.ts';

const MOST = { 'tag filters': 10, 'tag groups': 3 } as const;
const CODES = { filter: 'InvalidTargetInstancesException', combination: 'InvalidTargetInstancesException' } as const;

/**
 * The green fleet of a blue/green deployment that finds its instances. Where the fleet is copied or the deployment is in
 * place, there is none to name.
 * @throws InvalidSetting
 */
export function checkTargetInstances(given: TargetInstances | undefined, settings: GroupSettings | undefined): void {
  const { tagFilters = [], autoScalingGroups = [], ec2TagSet } = given ?? {};
  const tagSet = ec2TagSet?.ec2TagSetList ?? [];
  if (tagFilters.length + autoScalingGroups.length + tagSet.length === 0) return;
  if (!findsGreenFleet(settings)) {
    throw invalid('It names the green fleet of a blue/green deployment that discovers it, which this one is not');
  }
  requireAtMost('tag filters', tagFilters);
  requireAtMost('tag groups', tagSet);
  checkTagFilters({ filters: tagFilters, tagSet }, CODES);
  checkAutoScalingGroups(autoScalingGroups);
}

function findsGreenFleet(settings: GroupSettings | undefined): boolean {
  const { deploymentStyle, blueGreenDeploymentConfiguration: blueGreen } = settings ?? {};
  if (deploymentStyle?.deploymentType !== 'BLUE_GREEN') return false;
  return blueGreen?.greenFleetProvisioningOption?.action !== 'COPY_AUTO_SCALING_GROUP';
}

function requireAtMost(what: keyof typeof MOST, given: readonly unknown[]): void {
  if (given.length > MOST[what]) throw invalid(`It has ${given.length} ${what}, of at most ${MOST[what]}`);
}

function invalid(reason: string): InvalidSetting {
  return new InvalidSetting('InvalidTargetInstancesException', `targetInstances cannot be taken. ${reason}`);
}
