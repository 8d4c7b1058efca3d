import { isName } from '../../core/names.ts';
import { DeploymentConfigNameRequired, InvalidDeploymentConfigName } from '../errors/deployment-config-errors.ts';
import { required } from './required.ts';

/** @throws DeploymentConfigNameRequired, InvalidDeploymentConfigName */
export function requireDeploymentConfigName(given: string | undefined): string {
  const deploymentConfigName = required(given, DeploymentConfigNameRequired);
  if (!isName(deploymentConfigName)) throw new InvalidDeploymentConfigName(deploymentConfigName);
  return deploymentConfigName;
}
