import type { FleetDeployment } from '../../../core/fleet-deployment.ts';
import type { FleetEngine } from '../fleet-engine.ts';

/** An execution was started for a deployment that has no record: create it by the API, which does both. */
class DeploymentUnknown extends Error {
  override readonly name = 'DeploymentUnknown';
}

/** The record of a deployment. @throws DeploymentUnknown */
export async function existingDeployment(
  deploymentId: string,
  { deployments }: Pick<FleetEngine, 'deployments'>,
): Promise<FleetDeployment> {
  const deployment = await deployments.byId(deploymentId);
  if (!deployment) throw new DeploymentUnknown(`There is no deployment ${deploymentId}`);
  return deployment;
}
