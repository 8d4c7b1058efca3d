import { DeploymentTargetDoesNotExist } from '../errors/deployment-errors.ts';
import type { Ports } from '../operation.ts';
import type { FoundDeployment } from './find-deployment.ts';
import { type FoundTarget, targetsOf } from './targets-of.ts';

/** The named targets of a deployment. @throws DeploymentNotStarted, DeploymentTargetDoesNotExist */
export async function pickTargets(
  found: FoundDeployment,
  deploymentId: string,
  targetIds: readonly string[],
  ports: Pick<Ports, 'fleetDeployments'>,
): Promise<readonly FoundTarget[]> {
  const targets = new Map((await targetsOf(found, ports)).map((target) => [target.targetId, target]));
  return targetIds.map((targetId) => {
    const target = targets.get(targetId);
    if (!target) throw new DeploymentTargetDoesNotExist(deploymentId, targetId);
    return target;
  });
}
