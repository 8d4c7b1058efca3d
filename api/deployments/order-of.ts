import type { CreateDeploymentInput, RevisionLocation } from '@aws-sdk/client-codedeploy';

import type { Application } from '../../core/application.ts';
import type { FleetDeploymentOrder } from '../../core/fleet-deployment.ts';
import type { FileExistsBehavior } from '../../core/deployment-group.ts';
import { selectionOf } from '../../core/group-settings.ts';
import { deploymentIdFor } from '../../core/identifiers.ts';
import { checkConfigFor } from '../deployment-groups/use-config.ts';
import { InvalidDeploymentInput, NotBuilt } from '../errors/deployment-errors.ts';
import type { Ports } from '../operation.ts';
import type { IdentifiedGroup } from '../validation/deployment-group.ts';
import { findDeploymentConfig } from '../validation/deployment-config.ts';
import { checkDescription } from '../validation/description.ts';
import { checkAlarms } from '../validation/group-settings/alarms.ts';
import { checkAutoRollback } from '../validation/group-settings/auto-rollback.ts';
import { checkRevision } from '../validation/revision.ts';
import { checkTargetInstances } from '../validation/target-instances.ts';

/** What an order is made with. Of lifecycle hooks it takes nothing but whom they are for. */
export type OrderPorts = Pick<Ports, 'deploymentConfigs' | 'groupDeployments' | 'clock' | 'newId'> & {
  readonly lifecycleHooks: Pick<Ports['lifecycleHooks'], 'groupsOf'>;
};

/** What is asked of a deployment, with a revision. */
export type DeploymentInput = CreateDeploymentInput & { readonly revision: RevisionLocation };

/**
 * What is asked of a deployment and of its group, fixed from now on: later changes of the group do not reach it.
 * @throws DescriptionTooLong, InvalidRevision, DeploymentConfigDoesNotExist, InvalidSetting, InvalidDeploymentInput,
 *   NotBuilt on another platform than servers
 */
export async function orderOf(
  input: DeploymentInput,
  application: Application,
  group: IdentifiedGroup,
  ports: OrderPorts,
): Promise<FleetDeploymentOrder> {
  const { settings } = group;
  const description = checkDescription(input.description);
  if (application.computePlatform !== 'Server') throw new NotBuilt(`deployments to ${application.computePlatform}`);
  const revision = checkRevision(input.revision, 'Server');
  const config = await configOf(input, group, ports);
  const fileExistsBehavior = checkFileExistsBehavior(input.fileExistsBehavior, group.fileExistsBehavior);
  checkTargetInstances(input.targetInstances, settings);
  const alarms = input.overrideAlarmConfiguration && checkAlarms(input.overrideAlarmConfiguration);
  const rollback = input.autoRollbackConfiguration && checkAutoRollback(input.autoRollbackConfiguration);
  const alarmConfiguration = alarms ?? settings?.alarmConfiguration;
  const autoRollback = rollback ?? settings?.autoRollbackConfiguration;
  const { lastSuccessful } = await ports.groupDeployments.history(group.deploymentGroupId);
  const previousRevision = lastSuccessful?.revision ?? group.lastSuccessfulRevision;
  return {
    deploymentId: deploymentIdFor(ports.newId()),
    applicationName: application.applicationName,
    deploymentGroupName: group.currentName,
    group: { applicationName: group.applicationName, deploymentGroupName: group.deploymentGroupName },
    deploymentGroupId: group.deploymentGroupId,
    ...config,
    revision,
    creator: 'user',
    ...(description !== undefined && { description }),
    ignoreApplicationStopFailures: input.ignoreApplicationStopFailures ?? group.ignoreApplicationStopFailures,
    updateOutdatedInstancesOnly: input.updateOutdatedInstancesOnly ?? false,
    fileExistsBehavior,
    outdatedInstancesStrategy: settings?.outdatedInstancesStrategy ?? 'UPDATE',
    selection: settings ? selectionOf(settings) : await selectionOfDeclared(group, ports),
    ...(group.instanceRoleArn !== undefined && { instanceRoleArn: group.instanceRoleArn }),
    ...(alarmConfiguration && { alarmConfiguration }),
    ...(autoRollback && { autoRollback }),
    ...(group.deploymentOption && { deploymentOption: group.deploymentOption }),
    ...(group.loadBalancerInfo && { loadBalancerInfo: group.loadBalancerInfo }),
    ...(previousRevision && { previousRevision }),
    createdAtMs: ports.clock(),
  };
}

async function configOf(input: DeploymentInput, { settings }: IdentifiedGroup, ports: OrderPorts) {
  const deploymentConfigName = await checkConfigFor(
    'Server',
    input.deploymentConfigName || settings?.deploymentConfigName,
    ports,
  );
  const config = await findDeploymentConfig(deploymentConfigName, ports);
  if (config.computePlatform !== 'Server') throw new NotBuilt(`deployments to ${config.computePlatform}`);
  const { minimumHealthyHosts, zonalConfig } = config;
  return { deploymentConfigName, minimumHealthyHosts, ...(zonalConfig && { zonalConfig }) };
}

/** A template declares hooks, not names: the Auto Scaling groups of its deployment group are those whose hooks name it. */
async function selectionOfDeclared(group: IdentifiedGroup, { lifecycleHooks }: OrderPorts) {
  const { applicationName, deploymentGroupName } = group;
  const autoScalingGroups = await lifecycleHooks.groupsOf({ applicationName, deploymentGroupName });
  return { autoScalingGroups, ec2: {}, onPremises: {} };
}

const FILE_EXISTS_BEHAVIORS: readonly FileExistsBehavior[] = ['DISALLOW', 'OVERWRITE', 'RETAIN'];

function checkFileExistsBehavior(given: string | undefined, ofGroup: FileExistsBehavior): FileExistsBehavior {
  const behavior = FILE_EXISTS_BEHAVIORS.find((each) => each === (given ?? ofGroup));
  if (!behavior) {
    throw new InvalidDeploymentInput(
      'InvalidFileExistsBehaviorException',
      `fileExistsBehavior is ${given}; it must be ${FILE_EXISTS_BEHAVIORS.join(' or ')}`,
    );
  }
  return behavior;
}
