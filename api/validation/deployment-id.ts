import { DeploymentIdRequired, InvalidDeploymentId } from '../errors/deployment-errors.ts';
import { required } from './required.ts';

/** @throws DeploymentIdRequired, InvalidDeploymentId */
export function requireDeploymentId(given: string | undefined): string {
  const deploymentId = required(given, DeploymentIdRequired);
  if (!isDeploymentId(deploymentId)) throw new InvalidDeploymentId(deploymentId);
  return deploymentId;
}

/** Whether a text is of the form of deployment ids, which no instance id is of. */
export function isDeploymentId(text: string): boolean {
  return /^d-[A-Z0-9]{9}$/.test(text);
}
