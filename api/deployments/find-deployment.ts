import type { FleetDeployment } from '../../core/fleet-deployment.ts';
import type { Target } from '../../core/target.ts';
import { isLifecycleAction } from '../../core/target-request.ts';
import { DeploymentDoesNotExist } from '../errors/deployment-errors.ts';
import type { Ports } from '../operation.ts';

/** A deployment on record: to a fleet, or to the one host that launches or leaves. */
export type FoundDeployment =
  { readonly kind: 'fleet'; readonly deployment: FleetDeployment } | { readonly kind: 'host'; readonly target: Target };

export async function findDeploymentIfAny(
  deploymentId: string,
  { fleetDeployments, fleetTargets }: Pick<Ports, 'fleetDeployments' | 'fleetTargets'>,
): Promise<FoundDeployment | undefined> {
  const deployment = await fleetDeployments.byId(deploymentId);
  if (deployment) return { kind: 'fleet', deployment };
  const { items } = await fleetTargets.begun(deploymentId);
  const target = items.find(({ request }) => isLifecycleAction(request));
  return target && { kind: 'host', target };
}

/** @throws DeploymentDoesNotExist */
export async function findDeployment(
  deploymentId: string,
  ports: Pick<Ports, 'fleetDeployments' | 'fleetTargets'>,
): Promise<FoundDeployment> {
  const found = await findDeploymentIfAny(deploymentId, ports);
  if (!found) throw new DeploymentDoesNotExist(deploymentId);
  return found;
}
