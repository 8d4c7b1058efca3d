import { isTerminal } from '../../core/fleet/deployment-status.ts';
import { DeploymentAlreadyCompleted, UnsupportedAction } from '../errors/deployment-errors.ts';
import type { Ports } from '../operation.ts';
import { findDeployment } from './find-deployment.ts';

/** @throws DeploymentDoesNotExist, DeploymentAlreadyCompleted, UnsupportedAction, one of them always */
export async function refuseToContinue(
  deploymentId: string,
  ports: Pick<Ports, 'fleetDeployments' | 'fleetTargets'>,
): Promise<never> {
  const found = await findDeployment(deploymentId, ports);
  const isOver = found.kind === 'host' ? found.target.status !== 'InProgress' : isTerminal(found.deployment.status);
  if (isOver) throw new DeploymentAlreadyCompleted(deploymentId);
  throw new UnsupportedAction(`${deploymentId} is a deployment in place, which never waits for anybody to continue it`);
}
