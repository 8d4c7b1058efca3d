import type { Deployment } from '../../../core/deployment.ts';
import { deploymentIdFor } from '../../../core/identifiers.ts';
import type { LifecycleAction } from '../../../core/lifecycle-action.ts';
import type { Engine } from '../../engine.ts';

/**
 * Another lifecycle action's deployment has the id that this one's token leads to. An id holds 46 bits of the token, so
 * this is about as likely as a lost disk, and must not give one instance the verdict on another: the action ends the
 * safe way, a launch with ABANDON, and the replacement has another token.
 */
class DeploymentIdTaken extends Error {
  override readonly name = 'DeploymentIdTaken';
}

/**
 * The record of the deployment that an action leads to, if it has been opened.
 * @throws DeploymentIdTaken when the record is another action's
 */
export async function recordOf(
  action: Pick<LifecycleAction, 'lifecycleActionToken' | 'instanceId'>,
  { deployments }: Pick<Engine, 'deployments'>,
): Promise<Deployment | undefined> {
  const deployment = await deployments.byId(deploymentIdFor(action.lifecycleActionToken));
  if (deployment === undefined || deployment.action.lifecycleActionToken === action.lifecycleActionToken) {
    return deployment;
  }
  throw new DeploymentIdTaken(
    `The deployment id ${deployment.deploymentId} of ${action.instanceId} is already that of ${deployment.action.instanceId}`,
  );
}
