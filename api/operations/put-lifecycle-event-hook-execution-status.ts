import type {
  PutLifecycleEventHookExecutionStatusInput,
  PutLifecycleEventHookExecutionStatusOutput,
} from '@aws-sdk/client-codedeploy';

import { findDeployment } from '../deployments/find-deployment.ts';
import { InvalidDeploymentInput, UnsupportedAction } from '../errors/deployment-errors.ts';
import type { Operation } from '../operation.ts';
import { requireDeploymentId } from '../validation/deployment-id.ts';

/**
 * Takes the verdict of a function that a deployment to Lambda or ECS invoked. There are none yet: on servers, hook scripts
 * report through their agent.
 * @throws DeploymentIdRequired, InvalidDeploymentId, InvalidDeploymentInput, DeploymentDoesNotExist, UnsupportedAction
 */
export const putLifecycleEventHookExecutionStatus: Operation<
  PutLifecycleEventHookExecutionStatusInput,
  PutLifecycleEventHookExecutionStatusOutput
> = {
  input: { deploymentId: 'text', lifecycleEventHookExecutionId: 'text', status: 'text' },

  async run({ deploymentId: given, lifecycleEventHookExecutionId, status }, ports) {
    const deploymentId = requireDeploymentId(given);
    if (!lifecycleEventHookExecutionId) {
      throw new InvalidDeploymentInput(
        'InvalidLifecycleEventHookExecutionIdException',
        'The id of the hook’s execution is missing',
      );
    }
    if (status !== 'Succeeded' && status !== 'Failed') {
      throw new InvalidDeploymentInput(
        'InvalidLifecycleEventHookExecutionStatusException',
        `The status ${status ?? '(none)'} is not valid: it must be Succeeded or Failed`,
      );
    }
    await findDeployment(deploymentId, ports);
    throw new UnsupportedAction(`${deploymentId} is a deployment to servers, which invokes no functions`);
  },
};
