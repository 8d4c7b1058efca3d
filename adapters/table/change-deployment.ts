import { type DeploymentStatus, statusesBefore } from '../../core/fleet/deployment-status.ts';
import type { FleetDeployment } from '../../core/fleet-deployment.ts';
import { deploymentKey } from './keys.ts';
import type { Change, Item, Table } from './table.ts';

/** Changes the record of a deployment to a fleet on a condition, in which `#status` is its status. */
export async function changeDeployment(
  table: Table,
  deploymentId: string,
  change: Change,
): Promise<FleetDeployment | 'refused'> {
  const outcome = await table.update(deploymentKey(deploymentId), {
    ...change,
    names: { '#status': 'status', ...change.names },
  });
  return outcome === 'refused' ? 'refused' : deploymentIn(outcome);
}

/** That the status may become this one. */
export function statusIn(next: DeploymentStatus): string {
  return `#status IN (${Object.keys(before(next)).join(', ')})`;
}

/** The values that this condition compares with. */
export function before(next: DeploymentStatus): Readonly<Record<string, string>> {
  return Object.fromEntries(statusesBefore(next).map((status) => [`:from${status}`, status]));
}

/** Items are written from deployments only, so they are read as such. */
export function deploymentIn({ pk, sk, ofGroup, ofAccount, createdAs, ...deployment }: Item): FleetDeployment {
  void [pk, sk, ofGroup, ofAccount, createdAs];
  return deployment as unknown as FleetDeployment;
}
