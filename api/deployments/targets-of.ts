import { isTerminal } from '../../core/fleet/deployment-status.ts';
import { stateOfTarget, type TargetStanding } from '../../core/fleet/target-standing.ts';
import { statusOf, type WireTargetStatus } from '../../core/fleet/target-state.ts';
import { DeploymentNotStarted } from '../errors/deployment-errors.ts';
import type { Ports } from '../operation.ts';
import type { FoundDeployment } from './find-deployment.ts';

/** How a target of a deployment stands. */
export interface ListedTarget {
  readonly targetId: string;
  readonly status: WireTargetStatus;
}

/**
 * All targets of a deployment, in the order in which they are taken up.
 * @throws DeploymentNotStarted while they are not chosen
 */
export async function targetsOf(
  found: FoundDeployment,
  { fleetTargets }: Pick<Ports, 'fleetTargets'>,
): Promise<readonly ListedTarget[]> {
  if (found.kind === 'host') return [{ targetId: found.target.instanceId, status: statusAt(found.target) }];
  const { deploymentId, status } = found.deployment;
  const list = await fleetTargets.list(deploymentId);
  if (!list && !isTerminal(status)) throw new DeploymentNotStarted(deploymentId);
  const statuses = await statusesOf(deploymentId, fleetTargets);
  const withoutTurn = statusWithoutTurn(found);
  return (list?.targetIds ?? []).map((targetId) => ({ targetId, status: statuses.get(targetId) ?? withoutTurn }));
}

/** How a target stands that has a record. */
export function statusAt(standing: Omit<TargetStanding, 'instanceId'>): WireTargetStatus {
  return statusOf(stateOfTarget(standing));
}

/** How a target stands whose turn has not come, or never will. */
export function statusWithoutTurn({ deployment }: Extract<FoundDeployment, { kind: 'fleet' }>): WireTargetStatus {
  return isTerminal(deployment.status) ? 'Skipped' : 'Pending';
}

async function statusesOf(
  deploymentId: string,
  fleetTargets: Ports['fleetTargets'],
): Promise<ReadonlyMap<string, WireTargetStatus>> {
  const statuses = new Map<string, WireTargetStatus>();
  let after: string | undefined;
  do {
    const page = await fleetTargets.standings(deploymentId, after);
    for (const standing of page.items) statuses.set(standing.instanceId, statusAt(standing));
    after = page.last;
  } while (after !== undefined);
  return statuses;
}
