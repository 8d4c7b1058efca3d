import type { Application } from '../../core/application.ts';
import type { FleetDeployment, FleetDeploymentOrder } from '../../core/fleet-deployment.ts';
import type { Ports } from '../operation.ts';

type GoingPorts = Pick<Ports, 'applicationRevisions' | 'fleetExecutions'>;

/**
 * Sets a deployment going that is on record: notes that its revision is in use, and starts its execution. The execution
 * has its id for a name, so that whoever repeats this starts nothing twice.
 */
export async function setGoing(
  { deploymentId, revision, createdAtMs, checkedState }: FleetDeploymentOrder,
  application: Application,
  { applicationRevisions, fleetExecutions }: GoingPorts,
): Promise<void> {
  await applicationRevisions.use(application, revision, { deploymentId, atMs: createdAtMs, checkedState });
  await fleetExecutions.start(deploymentId, { deploymentId });
}

/**
 * Sets a deployment going whose creation broke off between its record and its execution; it would hold its group for
 * ever. That is done by whoever meets one, and by no sweep, which would cost and wake all the time for what a crash within
 * milliseconds leaves behind: a deployment that nobody asks for, and in whose way nobody is, can wait.
 */
export async function setGoingAnew(
  deployment: FleetDeployment | undefined,
  application: Application,
  ports: GoingPorts,
): Promise<void> {
  if (deployment?.status === 'Created') await setGoing(deployment, application, ports);
}
