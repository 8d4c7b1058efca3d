import type { ContinueDeploymentInput } from '@aws-sdk/client-codedeploy';

import { refuseToContinue } from '../deployments/refuse-to-continue.ts';
import { InvalidDeploymentInput } from '../errors/deployment-errors.ts';
import type { Operation } from '../operation.ts';
import { requireDeploymentId } from '../validation/deployment-id.ts';

/**
 * Ends a wait of a blue/green deployment. Deployments in place, the only ones that are made here, do not wait.
 * @throws DeploymentIdRequired, InvalidDeploymentId, InvalidDeploymentInput, DeploymentDoesNotExist,
 *   DeploymentAlreadyCompleted, UnsupportedAction
 */
export const continueDeployment: Operation<ContinueDeploymentInput, object> = {
  input: { deploymentId: 'text', deploymentWaitType: 'text' },

  async run(input, ports) {
    const deploymentId = requireDeploymentId(input.deploymentId);
    const { deploymentWaitType = 'READY_WAIT' } = input;
    if (!['READY_WAIT', 'TERMINATION_WAIT'].includes(deploymentWaitType)) {
      throw new InvalidDeploymentInput(
        'InvalidDeploymentWaitTypeException',
        `The wait type ${deploymentWaitType} is not valid: it must be READY_WAIT or TERMINATION_WAIT`,
      );
    }
    return refuseToContinue(deploymentId, ports);
  },
};
