import type { FleetDeploymentOrder } from '../../core/fleet-deployment.ts';
import type { Application } from '../../core/application.ts';
import { DeploymentLimitExceeded } from '../errors/deployment-errors.ts';
import type { Ports } from '../operation.ts';
import { setGoing, setGoingAnew } from './set-going.ts';

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
    await setGoingAnew(await ports.fleetDeployments.byId(activeDeploymentId), application, ports);
    throw new DeploymentLimitExceeded(
      `The Deployment Group '${deploymentGroupName}' already has an active Deployment '${activeDeploymentId}'`,
    );
  }
  await setGoing(order, application, ports);
}
