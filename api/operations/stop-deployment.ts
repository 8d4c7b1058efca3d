import type { StopDeploymentInput, StopDeploymentOutput } from '@aws-sdk/client-codedeploy';

import { findDeployment } from '../deployments/find-deployment.ts';
import { DeploymentAlreadyCompleted, UnsupportedAction } from '../errors/deployment-errors.ts';
import type { Operation } from '../operation.ts';
import { requireDeploymentId } from '../validation/deployment-id.ts';

/**
 * Asks a running deployment to stop: no further lifecycle event begins, and those that run may end.
 * @throws DeploymentIdRequired, InvalidDeploymentId, DeploymentDoesNotExist, DeploymentAlreadyCompleted,
 *   UnsupportedAction for a launch or a termination, which Auto Scaling waits for
 */
export const stopDeployment: Operation<StopDeploymentInput, StopDeploymentOutput> = {
  input: { deploymentId: 'text', autoRollbackEnabled: 'flag' },

  async run(input, ports) {
    const deploymentId = requireDeploymentId(input.deploymentId);
    const found = await findDeployment(deploymentId, ports);
    if (found.kind === 'host') {
      if (found.target.status !== 'InProgress') throw new DeploymentAlreadyCompleted(deploymentId);
      throw new UnsupportedAction(
        `${deploymentId} is a ${found.target.request.type} deployment, and Auto Scaling waits for its end: ` +
          'complete its lifecycle action to end it',
      );
    }
    const { autoRollbackEnabled: rollBack } = input;
    const outcome = await ports.fleetDeployments.requestStop(deploymentId, {
      atMs: ports.clock(),
      ...(rollBack !== undefined && { rollBack }),
    });
    if (outcome === 'refused') throw new DeploymentAlreadyCompleted(deploymentId);
    return { status: 'Pending', statusMessage: 'Lifecycle events that run may end; no further one begins' };
  },
};
