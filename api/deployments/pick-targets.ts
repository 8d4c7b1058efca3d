import { isTerminal } from '../../core/fleet/deployment-status.ts';
import type { Target } from '../../core/target.ts';
import { DeploymentNotStarted, DeploymentTargetDoesNotExist } from '../errors/deployment-errors.ts';
import type { Ports } from '../operation.ts';
import type { FoundDeployment } from './find-deployment.ts';
import { type ListedTarget, statusAt, statusWithoutTurn } from './targets-of.ts';

/** A target of a deployment. `target` is missing while, or because, its turn never came. */
export interface FoundTarget extends ListedTarget {
  readonly target?: Target;
}

type PickPorts = Pick<Ports, 'fleetTargets' | 'targets'>;

/**
 * Those of the named targets that a deployment has, each once, whose records alone are read.
 * @returns undefined while targets are not chosen
 */
export async function findTargets(
  found: FoundDeployment,
  targetIds: readonly string[],
  ports: PickPorts,
): Promise<readonly FoundTarget[] | undefined> {
  if (found.kind === 'host') return targetIds.includes(found.target.instanceId) ? [begun(found.target)] : [];
  const { deploymentId, status } = found.deployment;
  const list = await ports.fleetTargets.list(deploymentId);
  if (!list && !isTerminal(status)) return undefined;
  const chosen = new Set(list?.targetIds);
  const ids = [...new Set(targetIds)].filter((targetId) => chosen.has(targetId));
  const records = await Promise.all(ids.map((instanceId) => ports.targets.byId({ deploymentId, instanceId })));
  return ids.map((targetId, index) => {
    const target = records[index];
    return target ? begun(target) : { targetId, status: statusWithoutTurn(found) };
  });
}

/** All of the named targets. @throws DeploymentNotStarted, DeploymentTargetDoesNotExist */
export async function pickTargets(
  found: FoundDeployment,
  deploymentId: string,
  targetIds: readonly string[],
  ports: PickPorts,
): Promise<readonly FoundTarget[]> {
  const targets = await findTargets(found, targetIds, ports);
  if (!targets) throw new DeploymentNotStarted(deploymentId);
  const missing = targetIds.find((id) => !targets.some(({ targetId }) => targetId === id));
  if (missing !== undefined) throw new DeploymentTargetDoesNotExist(deploymentId, missing);
  return targets;
}

function begun(target: Target): FoundTarget {
  return { targetId: target.instanceId, status: statusAt(target), target };
}
