import type { Application } from '../../core/application.ts';
import type { DeploymentGroup } from '../../core/deployment-group.ts';
import { deploymentGroupIdFor } from '../../core/identifiers.ts';
import { DeploymentGroupDoesNotExist } from '../errors/deployment-group-errors.ts';
import type { Ports } from '../operation.ts';

/** A deployment group with the id that hosts know it by. */
export type IdentifiedGroup = DeploymentGroup & { readonly deploymentGroupId: string };

export async function findGroupIfAny(
  { recordName }: Application,
  deploymentGroupName: string,
  { deploymentGroups }: Pick<Ports, 'deploymentGroups'>,
): Promise<IdentifiedGroup | undefined> {
  const name = { applicationName: recordName, deploymentGroupName };
  const group = await deploymentGroups.byName(name);
  return group && { ...group, deploymentGroupId: deploymentGroupIdFor(name) };
}

/** @throws DeploymentGroupDoesNotExist */
export async function findDeploymentGroup(
  application: Application,
  deploymentGroupName: string,
  ports: Pick<Ports, 'deploymentGroups'>,
): Promise<IdentifiedGroup> {
  const group = await findGroupIfAny(application, deploymentGroupName, ports);
  if (!group) throw new DeploymentGroupDoesNotExist(deploymentGroupName);
  return group;
}
