import { isTerminal } from '../../core/fleet/deployment-status.ts';
import { stateOfTarget } from '../../core/fleet/target-standing.ts';
import { statusOf, type WireTargetStatus } from '../../core/fleet/target-state.ts';
import type { Target } from '../../core/target.ts';
import { DeploymentNotStarted } from '../errors/deployment-errors.ts';
import type { Ports } from '../operation.ts';
import type { FoundDeployment } from './find-deployment.ts';

/** A target of a deployment. `target` is missing while, or because, its turn never came. */
export interface FoundTarget {
  readonly targetId: string;
  readonly status: WireTargetStatus;
  readonly target?: Target;
}

/**
 * All targets of a deployment, in the order in which they are taken up.
 * @throws DeploymentNotStarted while they are not chosen
 */
export async function targetsOf(
  found: FoundDeployment,
  ports: Pick<Ports, 'fleetDeployments'>,
): Promise<readonly FoundTarget[]> {
  const targets = await targetsIfChosen(found, ports);
  if (!targets && found.kind === 'fleet') throw new DeploymentNotStarted(found.deployment.deploymentId);
  return targets ?? [];
}

/** The same; undefined while they are not chosen. */
export async function targetsIfChosen(
  found: FoundDeployment,
  { fleetDeployments }: Pick<Ports, 'fleetDeployments'>,
): Promise<readonly FoundTarget[] | undefined> {
  if (found.kind === 'host') return [begun(found.target)];
  const { deploymentId, status } = found.deployment;
  const list = await fleetDeployments.targetList(deploymentId);
  if (!list && !isTerminal(status)) return undefined;
  const records = await recordsOf(deploymentId, fleetDeployments);
  const withoutTurn = isTerminal(status) ? 'Skipped' : 'Pending';
  return (list?.targetIds ?? []).map((targetId) => {
    const target = records.get(targetId);
    return target ? begun(target) : { targetId, status: withoutTurn };
  });
}

function begun(target: Target): FoundTarget {
  return { targetId: target.instanceId, status: statusOf(stateOfTarget(target)), target };
}

async function recordsOf(
  deploymentId: string,
  fleetDeployments: Ports['fleetDeployments'],
): Promise<ReadonlyMap<string, Target>> {
  const records = new Map<string, Target>();
  let after: string | undefined;
  do {
    const page = await fleetDeployments.targetsBegun(deploymentId, after);
    for (const target of page.items) records.set(target.instanceId, target);
    after = page.last;
  } while (after !== undefined);
  return records;
}
