import type { StopDeploymentInput, StopDeploymentOutput } from '@aws-sdk/client-codedeploy';

import { findDeployment } from '../deployments/find-deployment.ts';
import { stopFleet } from '../deployments/stop-fleet.ts';
import { DeploymentAlreadyCompleted, UnsupportedAction } from '../errors/deployment-errors.ts';
import type { Operation } from '../operation.ts';
import { requireItsGroup } from '../validation/deployment-group.ts';
import { requireDeploymentId } from '../validation/deployment-id.ts';

/**
 * Stops a deployment: no further lifecycle event begins after the answer, and those that run may end.
 * @throws DeploymentIdRequired, InvalidDeploymentId, DeploymentDoesNotExist, DeploymentGroupDoesNotExist,
 *   DeploymentAlreadyCompleted, UnsupportedAction for a launch or a termination, which Auto Scaling waits for
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
    await requireItsGroup(found.deployment, ports);
    const { autoRollbackEnabled: rollBack } = input;
    const request = { atMs: ports.clock(), ...(rollBack !== undefined && { rollBack }) };
    switch (await stopFleet(deploymentId, request, ports)) {
      case 'over':
        throw new DeploymentAlreadyCompleted(deploymentId);
      case 'stopped':
        return { status: 'Succeeded', statusMessage: 'The deployment is stopped' };
      case 'stopping':
        return { status: 'Pending', statusMessage: 'Lifecycle events that run may end; no further one begins' };
    }
  },
};
