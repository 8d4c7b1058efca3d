import { DeploymentIdRequired, InvalidDeploymentId } from '../errors/deployment-errors.ts';
import { required } from './required.ts';

/** @throws DeploymentIdRequired, InvalidDeploymentId */
export function requireDeploymentId(given: string | undefined): string {
  const deploymentId = required(given, DeploymentIdRequired);
  if (!/^d-[A-Z0-9]{9}$/.test(deploymentId)) throw new InvalidDeploymentId(deploymentId);
  return deploymentId;
}
