import { type DeploymentGroupName, isName } from '../../core/names.ts';
import { ApplicationNameRequired } from '../errors/application-errors.ts';
import { DeploymentGroupNameRequired, InvalidDeploymentGroupName } from '../errors/deployment-group-errors.ts';
import { checkApplicationName } from './application-name.ts';
import { required } from './required.ts';

/**
 * Both names that a deployment group is called by.
 * @throws ApplicationNameRequired, DeploymentGroupNameRequired, InvalidApplicationName, InvalidDeploymentGroupName
 */
export function requireDeploymentGroupName(input: {
  readonly applicationName: string | undefined;
  readonly deploymentGroupName: string | undefined;
}): DeploymentGroupName {
  const applicationName = required(input.applicationName, ApplicationNameRequired);
  const deploymentGroupName = required(input.deploymentGroupName, DeploymentGroupNameRequired);
  return {
    applicationName: checkApplicationName(applicationName),
    deploymentGroupName: checkDeploymentGroupName(deploymentGroupName),
  };
}

/** @throws InvalidDeploymentGroupName */
export function checkDeploymentGroupName(deploymentGroupName: string): string {
  if (!isName(deploymentGroupName)) throw new InvalidDeploymentGroupName(deploymentGroupName);
  return deploymentGroupName;
}
