import type { CreateDeploymentGroupInput, CreateDeploymentGroupOutput } from '@aws-sdk/client-codedeploy';

import type { Application } from '../../core/application.ts';
import { type DeploymentGroup, MOST_DEPLOYMENT_GROUPS } from '../../core/deployment-group.ts';
import type { GroupSettings } from '../../core/group-settings.ts';
import { deploymentGroupIdFor } from '../../core/identifiers.ts';
import { directionsOf, installHooks } from '../deployment-groups/hooks.ts';
import { dismantle } from '../deployment-groups/dismantle.ts';
import { testTriggers } from '../deployment-groups/test-triggers.ts';
import { checkConfigFor, useConfig } from '../deployment-groups/use-config.ts';
import { DeploymentGroupAlreadyExists, DeploymentGroupLimitExceeded } from '../errors/deployment-group-errors.ts';
import { ApplicationDoesNotExist } from '../errors/application-errors.ts';
import { RoleRequired } from '../errors/group-settings-errors.ts';
import type { Operation, Ports } from '../operation.ts';
import { findApplication } from '../validation/application.ts';
import { requireDeploymentGroupName } from '../validation/deployment-group-name.ts';
import { checkSettings } from '../validation/group-settings/check-settings.ts';
import { checkServiceRole } from '../validation/group-settings/service-role.ts';
import { SETTINGS } from '../validation/group-settings/settings-input.ts';
import { required } from '../validation/required.ts';
import { checkTags } from '../validation/resource-tags.ts';

/**
 * Makes a deployment group, and installs the lifecycle hooks of its Auto Scaling groups.
 * @throws ApplicationNameRequired, DeploymentGroupNameRequired, RoleRequired, InvalidApplicationName,
 *   InvalidDeploymentGroupName, InvalidRole, ApplicationDoesNotExist, DeploymentGroupAlreadyExists,
 *   DeploymentConfigDoesNotExist, InvalidSetting, InvalidTagsToAdd, DeploymentGroupLimitExceeded
 */
export const createDeploymentGroup: Operation<CreateDeploymentGroupInput, CreateDeploymentGroupOutput> = {
  input: {
    applicationName: 'text',
    deploymentGroupName: 'text',
    ...SETTINGS,
    tags: [{ Key: 'text', Value: 'text' }],
  },

  async run(input, ports) {
    const { applicationName, deploymentGroupName } = requireDeploymentGroupName(input);
    const serviceRoleArn = checkServiceRole(required(input.serviceRoleArn, RoleRequired));
    const application = await findApplication(applicationName, ports);
    if (await ports.namedGroups.find(application.recordName, deploymentGroupName)) {
      throw new DeploymentGroupAlreadyExists(deploymentGroupName);
    }
    const platform = application.computePlatform;
    const deploymentConfigName = await checkConfigFor(platform, input.deploymentConfigName, ports);
    const settings = checkSettings(input, { serviceRoleArn, deploymentConfigName }, platform);
    const tags = checkTags(input.tags);
    await testTriggers({ applicationName, deploymentGroupName }, settings.triggerConfigurations, ports);
    await requireRoom(application, ports);

    const group = await store(application, deploymentGroupName, settings, ports);
    const deploymentGroupId = deploymentGroupIdFor(group);
    try {
      await useConfig(deploymentConfigName, deploymentGroupId, ports);
      await ports.resourceTags.add(deploymentGroupId, tags);
      await installHooks(group, settings.autoScalingGroups, directionsOf(settings), ports);
    } catch (error) {
      await dismantle({ ...group, deploymentGroupId }, ports);
      await ports.namedGroups.delete(group, deploymentGroupName);
      throw error;
    }
    return { deploymentGroupId };
  },
};

/** The record comes before the hooks: a hook whose group nobody knows would have every launching instance abandoned. */
async function store(
  application: Application,
  deploymentGroupName: string,
  settings: GroupSettings,
  ports: Ports,
): Promise<DeploymentGroup> {
  // An application that templates declare would go with the last of their groups.
  if ((await ports.applications.keep(application)) === 'gone') {
    throw new ApplicationDoesNotExist(application.applicationName);
  }
  const group = await ports.namedGroups.create(application.recordName, deploymentGroupName, settings, ports.newId());
  if (group === 'exists') throw new DeploymentGroupAlreadyExists(deploymentGroupName);
  return group;
}

/** @throws DeploymentGroupLimitExceeded; whoever creates at the same moment may be let in beyond it */
async function requireRoom({ recordName }: Application, { namedGroups }: Ports): Promise<void> {
  const { items } = await namedGroups.names(recordName, undefined, MOST_DEPLOYMENT_GROUPS);
  if (items.length >= MOST_DEPLOYMENT_GROUPS) throw new DeploymentGroupLimitExceeded(MOST_DEPLOYMENT_GROUPS);
}
