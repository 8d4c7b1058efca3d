import type { Application } from '../../core/application.ts';
import type { DeploymentGroup } from '../../core/deployment-group.ts';
import type { FleetDeployment } from '../../core/fleet-deployment.ts';
import type { GroupSettings } from '../../core/group-settings.ts';
import { deploymentGroupIdFor } from '../../core/identifiers.ts';
import { DeploymentGroupAlreadyExists, DeploymentGroupDoesNotExist } from '../errors/deployment-group-errors.ts';
import { DeclaredByStack } from '../errors/group-settings-errors.ts';
import type { Ports } from '../operation.ts';

/** A deployment group with the id that hosts know it by, and the name that it was asked for by. */
export type IdentifiedGroup = DeploymentGroup & { readonly deploymentGroupId: string; readonly currentName: string };

/** A deployment group that was made through the API. */
export type ApiGroup = IdentifiedGroup & { readonly settings: GroupSettings };

export async function findGroupIfAny(
  { recordName }: Application,
  deploymentGroupName: string,
  { namedGroups }: Pick<Ports, 'namedGroups'>,
): Promise<IdentifiedGroup | undefined> {
  const group = await namedGroups.find(recordName, deploymentGroupName);
  return group && { ...group, currentName: deploymentGroupName, deploymentGroupId: deploymentGroupIdFor(group) };
}

/** @throws DeploymentGroupDoesNotExist */
export async function findDeploymentGroup(
  application: Application,
  deploymentGroupName: string,
  ports: Pick<Ports, 'namedGroups'>,
): Promise<IdentifiedGroup> {
  const group = await findGroupIfAny(application, deploymentGroupName, ports);
  if (!group) throw new DeploymentGroupDoesNotExist(deploymentGroupName);
  return group;
}

/** @throws DeploymentGroupDoesNotExist when the group of a deployment was deleted since */
export async function requireItsGroup(
  { group, deploymentGroupName }: FleetDeployment,
  { namedGroups }: Pick<Ports, 'namedGroups'>,
): Promise<void> {
  if (!(await namedGroups.byRecord(group))) throw new DeploymentGroupDoesNotExist(deploymentGroupName);
}

/** A group that the API may change. @throws DeclaredByStack */
export function requireOfApi(group: IdentifiedGroup): ApiGroup {
  const { settings, stackId = '' } = group;
  if (!settings) throw new DeclaredByStack(group.currentName, stackId);
  return { ...group, settings };
}

/** A name for a group that has another one. @throws DeploymentGroupAlreadyExists, unless the name leads to this group */
export async function requireFreeName(
  application: Application,
  deploymentGroupName: string,
  deploymentGroupId: string,
  ports: Pick<Ports, 'namedGroups'>,
): Promise<void> {
  const other = await findGroupIfAny(application, deploymentGroupName, ports);
  if (other && other.deploymentGroupId !== deploymentGroupId)
    throw new DeploymentGroupAlreadyExists(deploymentGroupName);
}
