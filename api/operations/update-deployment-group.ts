import type { UpdateDeploymentGroupInput, UpdateDeploymentGroupOutput } from '@aws-sdk/client-codedeploy';

import type { Application } from '../../core/application.ts';
import type { GroupSettings } from '../../core/group-settings.ts';
import { changeHooks } from '../deployment-groups/change-hooks.ts';
import { testTriggers } from '../deployment-groups/test-triggers.ts';
import { checkConfigFor, releaseConfig, useConfig } from '../deployment-groups/use-config.ts';
import { DeploymentGroupAlreadyExists } from '../errors/deployment-group-errors.ts';
import type { Operation, Ports } from '../operation.ts';
import { findApplication } from '../validation/application.ts';
import { findDeploymentGroup, requireFreeName, requireOfApi } from '../validation/deployment-group.ts';
import { checkDeploymentGroupName, requireDeploymentGroupName } from '../validation/deployment-group-name.ts';
import { checkSettings } from '../validation/group-settings/check-settings.ts';
import { checkServiceRole } from '../validation/group-settings/service-role.ts';
import { mergeSettings, SETTINGS, type SettingsInput } from '../validation/group-settings/settings-input.ts';

/**
 * Changes what is given of a deployment group, and leaves the rest: a list replaces the whole list, an empty one clears
 * it. The id stays, also under another name.
 * @throws ApplicationNameRequired, DeploymentGroupNameRequired, InvalidApplicationName, InvalidDeploymentGroupName,
 *   InvalidRole, ApplicationDoesNotExist, DeploymentGroupDoesNotExist, DeploymentGroupAlreadyExists,
 *   DeploymentConfigDoesNotExist, InvalidSetting, DeclaredByStack, ChangedMeanwhile
 */
export const updateDeploymentGroup: Operation<UpdateDeploymentGroupInput, UpdateDeploymentGroupOutput> = {
  input: {
    applicationName: 'text',
    currentDeploymentGroupName: 'text',
    newDeploymentGroupName: 'text',
    ...SETTINGS,
  },

  async run({ applicationName, currentDeploymentGroupName, newDeploymentGroupName, ...given }, ports) {
    const name = requireDeploymentGroupName({ applicationName, deploymentGroupName: currentDeploymentGroupName });
    const newName = checkDeploymentGroupName(newDeploymentGroupName || name.deploymentGroupName);
    if (given.serviceRoleArn) checkServiceRole(given.serviceRoleArn);
    const application = await findApplication(name.applicationName, ports);
    const group = requireOfApi(await findDeploymentGroup(application, name.deploymentGroupName, ports));
    const isRenamed = newName !== name.deploymentGroupName;
    if (isRenamed) await requireFreeName(application, newName, group.deploymentGroupId, ports);

    const before = group.settings;
    const settings = await changedSettings(before, given, application, ports);
    if (given.triggerConfigurations) await testTriggers(name, settings.triggerConfigurations, ports);
    await useConfig(settings.deploymentConfigName, group.deploymentGroupId, ports);
    const hooksNotCleanedUp = await changeHooks(group, { given, settings }, ports);
    if (settings.deploymentConfigName !== before.deploymentConfigName) {
      await releaseConfig(before.deploymentConfigName, group.deploymentGroupId, ports);
    }
    if (isRenamed && (await ports.namedGroups.rename(group, name.deploymentGroupName, newName)) === 'exists') {
      throw new DeploymentGroupAlreadyExists(newName);
    }
    return { hooksNotCleanedUp };
  },
};

async function changedSettings(
  before: GroupSettings,
  given: SettingsInput,
  { computePlatform }: Application,
  ports: Ports,
): Promise<GroupSettings> {
  const established = {
    serviceRoleArn: given.serviceRoleArn || before.serviceRoleArn,
    deploymentConfigName: await checkConfigFor(
      computePlatform,
      given.deploymentConfigName || before.deploymentConfigName,
      ports,
    ),
  };
  return checkSettings(mergeSettings(before, given), established, computePlatform);
}
