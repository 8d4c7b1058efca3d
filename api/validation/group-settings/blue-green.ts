import type { BlueGreenDeploymentConfiguration as Given } from '@aws-sdk/client-codedeploy';

import type { ComputePlatform } from '../../../core/deployment-configs/deployment-config.ts';
import type { BlueGreenDeploymentConfiguration } from '../../../core/group-settings.ts';
import { InvalidSetting } from '../../errors/group-settings-errors.ts';
import { oneOf } from './one-of.ts';

const code = 'InvalidBlueGreenDeploymentConfigurationException';
const fault = (message: string) => new InvalidSetting(code, message);

const LONGEST_TERMINATION_WAIT_MINUTES = 2_880;
const LONGEST_READY_WAIT_MINUTES = { Server: 2_880, ECS: 7_200 } as const;

/** What else of the group the configuration depends on. */
export interface BlueGreenSurroundings {
  readonly platform: Exclude<ComputePlatform, 'Lambda'>;
  readonly autoScalingGroups: readonly string[];
  readonly hasTagFilters: boolean;
}

/** Checked wherever it is given, in a group that deploys in place as well. @throws InvalidSetting */
export function checkBlueGreen(given: Given, around: BlueGreenSurroundings): BlueGreenDeploymentConfiguration {
  return {
    deploymentReadyOption: checkReady(given.deploymentReadyOption, LONGEST_READY_WAIT_MINUTES[around.platform]),
    terminateBlueInstancesOnDeploymentSuccess: checkTermination(given.terminateBlueInstancesOnDeploymentSuccess),
    ...(around.platform === 'Server' && {
      greenFleetProvisioningOption: { action: checkGreenFleet(given.greenFleetProvisioningOption, around) },
    }),
  };
}

function checkReady(given: Given['deploymentReadyOption'], longestMinutes: number) {
  if (!given) throw fault('The blue/green configuration must have a deploymentReadyOption');
  const actionOnTimeout = oneOf(given.actionOnTimeout, ['CONTINUE_DEPLOYMENT', 'STOP_DEPLOYMENT'], {
    what: 'actionOnTimeout',
    code,
  });
  const waitTimeInMinutes = given.waitTimeInMinutes ?? 0;
  if (actionOnTimeout === 'CONTINUE_DEPLOYMENT' && waitTimeInMinutes !== 0) {
    throw fault('With CONTINUE_DEPLOYMENT nothing waits: waitTimeInMinutes must be 0 or absent');
  }
  if (actionOnTimeout === 'STOP_DEPLOYMENT' && !isWhole(waitTimeInMinutes, 1, longestMinutes)) {
    throw fault(`With STOP_DEPLOYMENT waitTimeInMinutes must be 1 to ${longestMinutes}, not ${waitTimeInMinutes}`);
  }
  return { actionOnTimeout, waitTimeInMinutes };
}

function checkTermination(given: Given['terminateBlueInstancesOnDeploymentSuccess']) {
  if (!given) throw fault('The blue/green configuration must have terminateBlueInstancesOnDeploymentSuccess');
  const action = oneOf(given.action, ['TERMINATE', 'KEEP_ALIVE'], { what: 'The action on blue instances', code });
  const terminationWaitTimeInMinutes = given.terminationWaitTimeInMinutes ?? 0;
  if (!isWhole(terminationWaitTimeInMinutes, 0, LONGEST_TERMINATION_WAIT_MINUTES)) {
    throw fault(`terminationWaitTimeInMinutes must be 0 to ${LONGEST_TERMINATION_WAIT_MINUTES}`);
  }
  return { action, terminationWaitTimeInMinutes };
}

function checkGreenFleet(
  given: Given['greenFleetProvisioningOption'],
  { autoScalingGroups, hasTagFilters }: BlueGreenSurroundings,
) {
  const action = oneOf(given?.action ?? 'DISCOVER_EXISTING', ['DISCOVER_EXISTING', 'COPY_AUTO_SCALING_GROUP'], {
    what: 'The action of greenFleetProvisioningOption',
    code,
  });
  if (action === 'COPY_AUTO_SCALING_GROUP' && (autoScalingGroups.length !== 1 || hasTagFilters)) {
    throw fault('COPY_AUTO_SCALING_GROUP takes exactly one Auto Scaling group, and no tag filters');
  }
  return action;
}

function isWhole(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
