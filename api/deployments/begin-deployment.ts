import type { FleetDeploymentOrder } from '../../core/fleet-deployment.ts';
import type { Application } from '../../core/application.ts';
import { DeploymentLimitExceeded } from '../errors/deployment-errors.ts';
import type { Ports } from '../operation.ts';

/**
 * Puts an order on record and starts its execution. Repeated with the same order, it does what is left to do.
 * @throws DeploymentLimitExceeded when the group has another deployment
 */
export async function beginDeployment(
  order: FleetDeploymentOrder,
  application: Application,
  ports: Pick<Ports, 'fleetDeployments' | 'applicationRevisions' | 'fleetExecutions'>,
): Promise<void> {
  const { deploymentId, deploymentGroupName } = order;
  const { activeDeploymentId } = await ports.fleetDeployments.create(order);
  if (activeDeploymentId !== deploymentId) {
    throw new DeploymentLimitExceeded(
      `The Deployment Group '${deploymentGroupName}' already has an active Deployment '${activeDeploymentId}'`,
    );
  }
  await ports.applicationRevisions.use(application, order.revision, { deploymentId, atMs: order.createdAtMs });
  await ports.fleetExecutions.start(deploymentId, { deploymentId });
}
